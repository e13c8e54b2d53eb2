import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = '/sys/fs/cgroup';

/** What a new group of the cpuset controller lacks until somebody says it. */
const CPUSET = ['cpuset.cpus', 'cpuset.mems'];

/** Makes a control group in every hierarchy (version 1), or in the one that there is (version 2). */
export function createCgroup(path: string): void {
  for (const hierarchy of hierarchies()) createIn(hierarchy, path.split('/'));
}

/** Removes a control group and those below it. Those that still have processes stay. */
export function removeCgroup(path: string): void {
  for (const hierarchy of hierarchies()) removeTree(join(hierarchy, path));
}

/** Where a control group still exists. */
export function remainingCgroups(path: string): string[] {
  return hierarchies()
    .map((hierarchy) => join(hierarchy, path))
    .filter((folder) => existsSync(folder));
}

/** The processes in those groups below a control group that have a name, by their numbers on this machine. */
export function processesIn(path: string, name: string): number[] {
  const [top] = remainingCgroups(path);
  if (top === undefined) return [];
  const named = below(top).filter((folder) => folder.endsWith(`/${name}`));
  const lists = named.flatMap((folder) => [folder, ...below(folder)]);
  return lists.flatMap((folder) =>
    readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean).map(Number),
  );
}

function hierarchies(): string[] {
  if (existsSync(join(ROOT, 'cgroup.controllers'))) return [ROOT];
  return folders(ROOT).map((name) => join(ROOT, name));
}

function createIn(parent: string, [name, ...rest]: readonly string[]): void {
  if (name === undefined) return;
  const folder = join(parent, name);
  delegate(parent);
  mkdirSync(folder, { recursive: true });
  for (const file of CPUSET) inherit(parent, folder, file);
  createIn(folder, rest);
}

/** Version 2 gives a child only those controllers that its parent hands down. */
function delegate(parent: string): void {
  const file = join(parent, 'cgroup.controllers');
  if (!existsSync(file)) return;
  const controllers = readFileSync(file, 'utf8').trim().split(' ').filter(Boolean);
  writeFileSync(join(parent, 'cgroup.subtree_control'), controllers.map((name) => `+${name}`).join(' '));
}

function inherit(parent: string, child: string, file: string): void {
  const isVersion1 = existsSync(join(parent, file)) && !existsSync(join(parent, 'cgroup.controllers'));
  if (isVersion1) writeFileSync(join(child, file), readFileSync(join(parent, file), 'utf8'));
}

function removeTree(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of folders(folder)) removeTree(join(folder, name));
  try {
    rmdirSync(folder);
  } catch {
    // Processes that are about to end hold it for a moment: the caller looks again.
  }
}

function below(folder: string): string[] {
  return folders(folder).flatMap((name) => [join(folder, name), ...below(join(folder, name))]);
}

function folders(parent: string): string[] {
  return readdirSync(parent, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
}
