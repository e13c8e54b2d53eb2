import { join } from 'node:path';
import { symlink } from '../entries';
import { run } from '../run';
import type { BusyboxSource } from '../types';
import { debian } from './debian';
import type { PreparedSource } from './prepared';

/** Debian's static busybox, and the links by which it is each of its programs. */
export async function busybox(source: BusyboxSource, cache: string): Promise<PreparedSource> {
  const packages = await debian({ kind: 'debian', packages: ['busybox-static'] }, cache);
  return {
    inputs: [packages.inputs, source.programs ?? 'all'],
    entries: async (work) => {
      const entries = await packages.entries(work);
      const own = await run(join(work, 'root', 'bin', 'busybox'), ['--list-full']);
      return [...entries, ...links(own.trim().split('\n'), source.programs)];
    },
  };
}

function links(paths: readonly string[], programs: readonly string[] | undefined) {
  const wanted = paths.filter(
    (path) => !programs || programs.includes(path.slice(path.lastIndexOf('/') + 1)),
  );
  return wanted.filter((path) => !path.endsWith('/busybox')).map((path) => symlink(path, '/usr/bin/busybox'));
}
