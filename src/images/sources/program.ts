import { realpath, stat } from 'node:fs/promises';
import { fingerprint } from '../digest';
import { run } from '../run';
import type { Entry, ProgramSource } from '../types';
import { type PreparedSource, ready } from './prepared';

/** A program of this machine and its shared libraries, each at the path where the loader looks for it. */
export async function program(source: ProgramSource): Promise<PreparedSource> {
  const libraries = sharedLibraries(await run('ldd', [source.file]).catch(staticProgram));
  const own = await copy(source.file, source.to, 0o755);
  const entries = [own, ...(await Promise.all(libraries.map((library) => copy(library, library, 0o755))))];
  return ready(await fingerprint(entries), entries);
}

/** The files that `ldd` found: `libm.so.6 => /lib/…/libm.so.6 (0x…)` and the loader `/lib64/ld-….so.2 (0x…)`. */
export function sharedLibraries(output: string): readonly string[] {
  const paths = output.split('\n').map((line) => /(?:=>\s+|^\s+)(\/\S.*?)\s+\(0x/.exec(line)?.[1]);
  return paths.filter((path) => path !== undefined).sort();
}

function staticProgram(error: unknown): string {
  if (error instanceof Error && /not a dynamic executable|statically linked/.test(error.message)) return '';
  throw error;
}

async function copy(from: string, to: string, mode: number): Promise<Entry> {
  const file = await realpath(from);
  const { size } = await stat(file);
  return { type: 'file', path: to, mode, uid: 0, gid: 0, content: { file, size } };
}
