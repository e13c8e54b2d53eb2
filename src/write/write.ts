import { accessSync, constants, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FileTree, Finding } from '../estate';
import { isObjectFile } from '../layout';
import { discard, settle, stage } from './apply';
import { compare } from './compare';
import type { Difference } from './compare';
import { blocked, busy, foreign, massRemoval, refused } from './findings';
import { filesBelow, folderOf } from './folder';
import { LOCK, acquire, journal, release } from './lock';
import { listedBelow, looksLikeOurs } from './ours';

/** How many objects may go at once without being asked for. */
export const REMOVAL_LIMIT = 5;

/** What a run may do. */
export interface WriteOptions {
  /** Whether any number of objects may be removed. */
  readonly allowRemoval: boolean;
  /** How many may be removed otherwise. */
  readonly limit?: number;
  /** The paths that were committed before: these files are ours too, if their names are. */
  readonly previous?: { has(path: string): boolean };
}

/** What a run did. Where there are findings, it did nothing. */
export interface WriteReport {
  readonly written: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
  /** Whether a run before this one was interrupted. */
  readonly repaired: boolean;
  readonly findings: readonly Finding[];
}

/**
 * Makes a folder hold exactly a tree of files. Only what differs is written; nothing is changed before all of
 * it is on the disk; what somebody made by hand is never touched; a run that is killed is completed by the next.
 */
export function write(folder: string, tree: FileTree, options: WriteOptions): WriteReport {
  try {
    mkdirSync(folder, { recursive: true });
    const lock = acquire(folder);
    if ('busy' in lock) return nothing([busy(folder, lock.busy, LOCK)]);
    return writeLocked(folder, tree, lock.inherited, options);
  } catch (error) {
    return nothing([refused(folder, error, false) ?? raise(error)]);
  }
}

function writeLocked(
  folder: string,
  tree: FileTree,
  inherited: ReadonlySet<string>,
  options: WriteOptions,
): WriteReport {
  // What the next run has to know for ours, should this one not come to its end.
  const ours = new Set(inherited);
  try {
    const difference = compare(folder, folderOf(tree));
    const findings = judge(folder, difference, ours, options);
    if (findings.length > 0) return nothing(findings);
    checkWritable(folder, difference);
    stage(folder, difference);
    for (const path of touchedBy(difference)) ours.add(path);
    if (ours.size > inherited.size) journal(folder, ours);
    settle(folder, difference);
    ours.clear();
    return reportOf(difference, inherited);
  } catch (error) {
    return nothing([refused(folder, error, ours.size > inherited.size) ?? raise(error)]);
  } finally {
    discard(folder);
    release(folder, ours);
  }
}

function judge(
  folder: string,
  difference: Difference,
  inherited: ReadonlySet<string>,
  { allowRemoval, limit = REMOVAL_LIMIT, previous }: WriteOptions,
): Finding[] {
  const isListed = listedBelow(folder);
  const wasCommitted = (path: string) => looksLikeOurs(path) && previous?.has(path) === true;
  const unknown = difference.extra.filter(
    (path) => !inherited.has(path) && !wasCommitted(path) && !isListed(path),
  );
  const removed = removedObjects(difference);
  return [
    ...(difference.blocked.length > 0 ? [blocked(folder, difference.blocked)] : []),
    ...(unknown.length > 0 ? [foreign(folder, unknown)] : []),
    ...(unknown.length === 0 && removed.length > limit && !allowRemoval
      ? [massRemoval(folder, removed, limit)]
      : []),
  ];
}

/** An object that is only written elsewhere in its cluster is not removed. */
function removedObjects(difference: Difference): string[] {
  if (difference.extra.length === 0) return [];
  const moved = new Set(newFiles(difference).map(objectPart));
  return difference.extra.filter((path) => isObjectFile(path) && !moved.has(objectPart(path)));
}

/** A path without the unit: `<cluster>/<namespace>/<file>`. */
function objectPart(path: string): string {
  const [cluster, , ...entry] = path.split('/');
  return [cluster, ...entry].join('/');
}

function newFiles({ changed, newFolders }: Difference): string[] {
  return [
    ...changed.filter(({ isNew }) => isNew).map(({ path }) => path),
    ...newFolders.flatMap(([path, folder]) => [...filesBelow(`${path}/`, folder)]),
  ];
}

function writtenBy(difference: Difference): string[] {
  return [
    ...difference.changed.filter(({ isNew }) => !isNew).map(({ path }) => path),
    ...newFiles(difference),
  ];
}

function touchedBy(difference: Difference): string[] {
  return [...writtenBy(difference), ...difference.extra];
}

/** Asks before the first change, as far as one can: the system may still refuse later. */
function checkWritable(root: string, { changed, newFolders, extra, extraFolders }: Difference): void {
  const replaced = [...changed.filter(({ isNew }) => !isNew).map(({ path }) => path), ...extra];
  const paths = [
    ...changed.map(({ path }) => path),
    ...newFolders.map(([path]) => path),
    ...extra,
    ...extraFolders,
  ];
  for (const path of new Set([...replaced, ...paths.map(dirname)]))
    accessSync(join(root, path), constants.W_OK);
}

function reportOf(difference: Difference, inherited: ReadonlySet<string>): WriteReport {
  const { unchanged, extra } = difference;
  return {
    written: writtenBy(difference),
    removed: extra,
    unchanged,
    repaired: inherited.size > 0,
    findings: [],
  };
}

function nothing(findings: readonly Finding[]): WriteReport {
  return { written: [], removed: [], unchanged: 0, repaired: false, findings };
}

function raise(error: unknown): never {
  throw error;
}
