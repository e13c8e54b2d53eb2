import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf } from '../digest';
import { cacheFolder } from '../folders';
import { run } from '../run';
import { withWork, writeWhole } from '../work';
import { type DebianPackage, type Lookup, closure, parsePackages } from './debian-packages';

/** What apt's answers depend on: its lists, its settings, and what is installed. */
const state = ['/var/lib/apt/lists', '/etc/apt', '/var/lib/dpkg/status'];

/** Packages and all that they depend on, by what apt knows; remembered until apt knows something else. */
export async function aptClosure(
  names: readonly string[],
  without: readonly string[],
  cache: string,
): Promise<readonly DebianPackage[]> {
  const folder = await cacheFolder(cache, 'apt');
  const key = digestOf(JSON.stringify(['closure 1', names, without, await Promise.all(state.map(stateOf))]));
  const note = join(folder, `${key.slice('sha256:'.length)}.json`);
  const known = await readFile(note, 'utf8').catch(() => undefined);
  if (known !== undefined) return JSON.parse(known) as readonly DebianPackage[];
  const packages = await closure(names, without, aptLookup(folder));
  await withWork(cache, 'apt', (work) => writeWhole(note, JSON.stringify(packages), work));
  return packages;
}

// Minimal images tell apt to keep no binary cache, and then every question reads all of its lists.
function aptLookup(folder: string): Lookup {
  const binaryCache = ['pkgcache', 'srcpkgcache'].flatMap((name) => [
    '-o',
    `Dir::Cache::${name}=${folder}/${name}.bin`,
  ]);
  return async (names) => {
    const output = await run('apt-cache', [...binaryCache, 'show', '--no-all-versions', ...names]).catch(
      nothingFound,
    );
    return parsePackages(output);
  };
}

function nothingFound(error: unknown): string {
  if (error instanceof Error && error.message.includes('No packages found')) return '';
  throw error;
}

async function stateOf(path: string): Promise<unknown> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) return [path, found?.size, found?.mtimeMs];
  const names = await readdir(path).catch(() => []);
  return Promise.all(names.toSorted((a, b) => (a < b ? -1 : 1)).map((name) => stateOf(join(path, name))));
}
