import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FileTree } from '../../../src/estate';
import { type Lab, waitFor } from '../../../src/lab';
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
    `## MySrv of cluster \`${CLUSTER}\` grows and shrinks under load\n`,
    `${LANES} callers without a pause to speak of, through the balancer, which finds instances in Consul. Each step was a commit.\n`,
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

async function settledAt(replicas: number): Promise<void> {
  const missing = async (): Promise<string | undefined> => {
    const names = (await podsOf(lab, mysrv)).map(({ metadata }) => metadata.name).toSorted();
    const found = await answering();
    const isSettled = names.length === replicas && String(found) === String(names);
    return isSettled ? undefined : `pods ${names.join(', ')}; those that answer: ${found.join(', ')}`;
  };
  await waitFor({
    what: `there are not ${replicas} instances that answer`,
    seconds: 180,
    missing: patient(missing),
  });
}

async function scaleUnderLoad(replicas: number): Promise<number> {
  const counts = { requests: 0, failed: 0 };
  let isOver = false;
  const load = inLanes(LANES, PAUSE, async () => {
    const status = await statusOf(`${door.url}/`);
    counts.requests++;
    if (status !== 200) counts.failed++;
    return !isOver;
  });
  const start = Date.now();
  await lab.publish(scaled(replicas));
  await settledAt(replicas).finally(() => (isOver = true));
  await load;
  rows.push([`→ ${replicas}`, counts.requests, counts.failed, Math.round((Date.now() - start) / 1000)]);
  return counts.failed;
}

test.each([5, 1, 2])(
  'MySrv is scaled to %i instances under load, and no request fails',
  async (replicas) => {
    expect(await scaleUnderLoad(replicas)).toBe(0);
  },
  5 * MINUTES,
);
