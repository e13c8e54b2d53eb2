import { readFileSync, readdirSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import type { Folder } from './folder';

/** Where new files wait until all of them are complete. */
export const STAGE = '.fluxwright.tmp';

/** Locks and what is staged: neither is part of any tree. */
const OWN = /^\.fluxwright\.(?:lock|tmp)/;

/** A file that gets a text. */
export interface Change {
  readonly path: string;
  readonly text: string;
  readonly isNew: boolean;
}

/** What the disk has to become. Paths are relative to the output folder. */
export interface Difference {
  unchanged: number;
  /** Files that are new in a folder that exists, or have another text. */
  readonly changed: Change[];
  /** Folders that do not exist yet; none of them is inside another. */
  readonly newFolders: [path: string, folder: Folder][];
  /** Files that are not a part of the tree. */
  readonly extra: string[];
  /** Folders that are not a part of the tree, innermost first. */
  readonly extraFolders: string[];
  /** What is in the way: a folder or a link in the place of a file, or the other way round. */
  readonly blocked: string[];
}

/** Compares a folder on the disk with what it should hold. Each folder is listed once, each file read once. */
export function compare(root: string, expected: Folder): Difference {
  const difference: Difference = {
    unchanged: 0,
    changed: [],
    newFolders: [],
    extra: [],
    extraFolders: [],
    blocked: [],
  };
  compareFolder(root, '', expected, difference);
  return difference;
}

function compareFolder(root: string, path: string, expected: Folder | undefined, result: Difference): void {
  const seen = new Set<string>();
  for (const entry of readdirSync(`${root}/${path}`, { withFileTypes: true })) {
    if (path === '' && OWN.test(entry.name)) continue;
    seen.add(entry.name);
    compareEntry(root, path, entry, expected, result);
  }
  if (expected === undefined) result.extraFolders.push(path.slice(0, -1));
  for (const [name, text] of expected?.files ?? []) {
    if (!seen.has(name)) result.changed.push({ path: path + name, text, isNew: true });
  }
  for (const [name, folder] of expected?.folders ?? []) {
    if (!seen.has(name)) result.newFolders.push([path + name, folder]);
  }
}

function compareEntry(
  root: string,
  path: string,
  entry: Dirent,
  expected: Folder | undefined,
  result: Difference,
): void {
  const own = path + entry.name;
  const text = expected?.files.get(entry.name);
  const folder = expected?.folders.get(entry.name);
  if (entry.isDirectory()) {
    if (text === undefined) compareFolder(root, `${own}/`, folder, result);
    else result.blocked.push(own);
  } else if (folder !== undefined) result.blocked.push(own);
  else if (text === undefined) result.extra.push(own);
  // A link is not followed: a file takes its place.
  else if (entry.isFile() && readFileSync(`${root}/${own}`, 'utf8') === text) result.unchanged++;
  else result.changed.push({ path: own, text, isNew: false });
}
