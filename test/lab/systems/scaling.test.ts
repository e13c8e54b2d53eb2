import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FileTree } from '../../../src/estate';
import { type Lab, type LiveObject, waitFor } from '../../../src/lab';
import { processesIn } from '../../../src/lab/cgroup';
import { prove, table } from '../proof';
import { type Door, inLanes, openDoor, statusOf } from './requests';
import { CLUSTER, distTree, MINUTES, patient, podsOf, runningLab } from './running';

const LANES = 10;
const PAUSE = 20;
const mysrv = { namespace: 'discovery', name: 'mysrv' };
const balancer = { namespace: 'discovery', name: 'mysrv-balancer' };
const rows: (string | number)[][] = [];
let lab: Lab;
let door: Door;

beforeAll(async () => {
  lab = await runningLab();
  door = await openDoor(lab, balancer, 8080);
}, 12 * MINUTES);

afterAll(async () => {
  door?.close();
  await lab?.publish(distTree());
  prove('scaling', [
    `## MySrv of cluster \`${CLUSTER}\` grows and shrinks under load, and loses an instance\n`,
    `${LANES} callers without a pause to speak of, through the balancer, which finds instances in Consul. Each change of their number was a commit; the one that was killed had no time to leave the catalogue.\n`,
    ...table(['instances', 'requests meanwhile', 'failed', 'all answer after (s)'], rows),
    '',
  ]);
});

function scaled(replicas: number): FileTree {
  const tree = new Map(distTree());
  const path = `${CLUSTER}/mysrv/discovery/deployment.apps_mysrv.yaml`;
  tree.set(path, tree.get(path)!.replace(/^ {2}replicas: \d+$/m, `  replicas: ${replicas}`));
  return tree;
}

/** The pods that the balancer sends requests to. */
async function answering(): Promise<readonly string[]> {
  const asked = Array.from({ length: 40 }, async () => (await fetch(`${door.url}/health/hostname`)).text());
  return [...new Set(await Promise.all(asked))].toSorted();
}

async function settledAt(replicas: number, without = ''): Promise<void> {
  const missing = async (): Promise<string | undefined> => {
    const names = (await podsOf(lab, mysrv)).map(({ metadata }) => metadata.name).toSorted();
    const found = await answering();
    const isSettled =
      names.length === replicas && !names.includes(without) && String(found) === String(names);
    return isSettled ? undefined : `pods ${names.join(', ')}; those that answer: ${found.join(', ')}`;
  };
  await waitFor({
    what: `there are not ${replicas} instances that answer`,
    seconds: 180,
    missing: patient(missing),
  });
}

/** Does something while callers ask without a pause, until it has settled; how many of them were failed. */
async function underLoad(what: string, work: () => Promise<void>): Promise<number> {
  const counts = { requests: 0, failed: 0 };
  let isOver = false;
  const load = inLanes(LANES, PAUSE, async () => {
    const status = await statusOf(`${door.url}/`);
    counts.requests++;
    if (status !== 200) counts.failed++;
    return !isOver;
  });
  const start = Date.now();
  await work().finally(() => (isOver = true));
  await load;
  rows.push([what, counts.requests, counts.failed, Math.round((Date.now() - start) / 1000)]);
  return counts.failed;
}

test.each([5, 1, 2])(
  'MySrv is scaled to %i instances under load, and no request fails',
  async (replicas) => {
    const scale = async (): Promise<void> => {
      await lab.publish(scaled(replicas));
      await settledAt(replicas);
    };
    expect(await underLoad(`→ ${replicas}`, scale)).toBe(0);
  },
  5 * MINUTES,
);

/** Ends all processes of a pod at once, so that it says good-bye to nobody, and the pod for good. */
async function kill({ metadata, spec }: LiveObject): Promise<void> {
  const { cgroup } = lab.plan.nodes.find(({ name }) => name === spec?.['nodeName'])!;
  for (const pid of processesIn(cgroup, `pod${metadata.uid}`)) process.kill(pid, 'SIGKILL');
  const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`;
  await lab.api('DELETE', `${path}?gracePeriodSeconds=0`);
}

test(
  'an instance is killed under load: no request fails but those that it was answering, and its successor answers',
  async () => {
    const [victim] = await podsOf(lab, mysrv);
    const failed = await underLoad('2, one of them killed', async () => {
      await kill(victim!);
      await settledAt(2, victim!.metadata.name);
    });
    expect(failed).toBeLessThanOrEqual(LANES);
  },
  5 * MINUTES,
);
