import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './folders';

/** Call with a folder inside the cache, from which files can be renamed into place, and which is gone afterwards. */
export async function withWork<T>(
  cache: string,
  name: string,
  use: (work: string) => Promise<T>,
): Promise<T> {
  const work = await mkdtemp(join(await cacheFolder(cache, 'work'), `${name}-`));
  try {
    return await use(work);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** Write a file so that nobody ever sees a part of it. */
export async function writeWhole(file: string, content: string | Buffer, work: string): Promise<void> {
  const temporary = join(work, 'whole');
  await writeFile(temporary, content);
  await rename(temporary, file);
}
