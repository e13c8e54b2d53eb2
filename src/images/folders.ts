import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The root of this package, where `images/` and `services/` are. */
export const packageRoot = resolve(__dirname, '../..');

/** Where layers, blobs and archives are kept: `$XDG_CACHE_HOME/fluxwright/images`. May be removed at any time. */
export function defaultCache(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'fluxwright', 'images');
}

/** A folder inside the cache, made if it is not there. */
export async function cacheFolder(cache: string, ...names: readonly string[]): Promise<string> {
  const folder = join(cache, ...names);
  await mkdir(folder, { recursive: true });
  return folder;
}
