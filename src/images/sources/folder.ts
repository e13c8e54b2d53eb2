import { resolve } from 'node:path';
import { fingerprint } from '../digest';
import { ImageError } from '../errors';
import { packageRoot } from '../folders';
import type { FolderSource } from '../types';
import { walk } from '../walk';
import { type PreparedSource, ready } from './prepared';

/** A folder of this machine; a relative one is looked for in this package. */
export async function folder(source: FolderSource): Promise<PreparedSource> {
  const from = resolve(packageRoot, source.from);
  const entries = await walk(from, source.to).catch((cause: unknown) => {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw new ImageError(`the folder ${from} is not there`, { cause });
    throw cause;
  });
  const wanted = entries.filter(({ path }) => isWanted(path.slice(source.to.length + 1), source.only));
  const sorted = wanted.sort((a, b) => (a.path < b.path ? -1 : 1));
  return ready(await fingerprint(sorted), sorted);
}

function isWanted(path: string, only: readonly string[] | undefined): boolean {
  return !only || only.includes(path.split('/')[0] ?? '');
}
