import { existsSync } from 'node:fs';
import type { LiveObject } from './api/client';
import { processesIn } from './cgroup';
import type { LabPlan } from './plan';
import { run } from './process';
import { LabError } from './wait';

const SECONDS = 120;

/**
 * Runs a program of this machine in the network of a pod, where names mean what they mean in the pod: nothing of it
 * has to be in the pod's image. Returns what it prints.
 * @throws LabError where the pod does not run on a real node, or the program fails.
 */
export async function runInNetworkOf(
  plan: LabPlan,
  pod: LiveObject,
  command: readonly string[],
): Promise<string> {
  const pid = processOf(plan, pod);
  if (pid === undefined) throw new LabError(`pod ${pod.metadata.name} does not run on a real node`);
  const script = [
    'names=$(mktemp)',
    `cat /proc/${pid}/root/etc/resolv.conf > "$names"`,
    'mount --bind "$names" /etc/resolv.conf',
    'rm "$names"',
    'exec "$@"',
  ].join(' && ');
  const inOwnMounts = ['unshare', '--mount', '--propagation=private', 'sh', '-c', script, 'sh'];
  return run('nsenter', [`--target=${pid}`, '--net', '--', ...inOwnMounts, ...command], SECONDS);
}

/** A process of a pod, by its number on this machine. */
function processOf({ nodes }: LabPlan, { metadata, spec }: LiveObject): number | undefined {
  const node = nodes.find(({ name }) => name === spec?.['nodeName']);
  const pids = node ? processesIn(node.cgroup, `pod${metadata.uid}`) : [];
  return pids.find((pid) => existsSync(`/proc/${pid}/root/etc/resolv.conf`));
}
