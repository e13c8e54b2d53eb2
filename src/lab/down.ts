import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { remainingCgroups, removeCgroup } from './cgroup';
import { locked } from './lock';
import { cgroupOf, planLab } from './plan';
import { endLab } from './process';
import { waitFor } from './wait';

/**
 * Ends a lab and removes every trace of it, however far it had come. Its namespaces, mounts, links and packet
 * filter rules live by its processes alone: they go when these end.
 */
export async function takeDown(name: string): Promise<void> {
  const { folder } = planLab({ name });
  await locked(folder, () => remove(name, folder));
  removeIfEmpty(dirname(folder));
}

async function remove(name: string, folder: string): Promise<void> {
  await endLab(name);
  const cgroup = cgroupOf(name);
  const missing = async (): Promise<string | undefined> => {
    removeCgroup(cgroup);
    const left = remainingCgroups(cgroup);
    return left.length === 0 ? undefined : `${left.join(', ')} has processes`;
  };
  await waitFor({ what: 'control groups of the lab are still there', seconds: 20, missing });
  await waitFor({
    what: 'mounts of the lab are still there',
    seconds: 10,
    missing: async () => mountsIn(folder),
  });
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Removing a folder that is still mounted would remove what is mounted. */
function mountsIn(folder: string): string | undefined {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  const inside = mounts
    .map((line) => line.split(' ')[1] ?? '')
    .filter((path) => path.startsWith(`${folder}/`));
  return existsSync(folder) && inside.length > 0 ? inside.join(', ') : undefined;
}

/** The folder of all labs goes with the last of them. */
function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}
