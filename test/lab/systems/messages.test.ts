import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Lab, waitFor } from '../../../src/lab';
import { prove, table } from '../proof';
import { keepLogs, type PodLogs } from './pod-logs';
import { type Door, inLanes, openDoor, statusOf } from './requests';
import {
  allReady,
  CLUSTER,
  loseNode,
  MINUTES,
  nodeOf,
  podsOf,
  podsReady,
  returnNode,
  runningLab,
} from './running';

const TOTAL = 10_000;
const LANES = 50;
const PAUSE = 250;
const api = { namespace: 'appdev', name: 'publishing-api' };
const worker = { namespace: 'appdev', name: 'publishing-worker' };
const kafka = { namespace: 'queuing', name: 'kafka' };
/** Sets this run's messages apart from those of the one before. */
const run = randomBytes(4).toString('hex');
let lab: Lab;
let door: Door;
let logs: PodLogs;

beforeAll(async () => {
  lab = await runningLab();
  door = await openDoor(lab, api, 3000);
  logs = keepLogs(lab.plan, worker.namespace, worker.name);
}, 12 * MINUTES);

afterAll(() => {
  door?.close();
  logs?.close();
});

/** What became of the messages, while they are sent. */
interface Sending {
  next: number;
  refused: number;
  readonly acknowledged: Set<string>;
}

/** Sends every message until it is acknowledged, however often that takes. */
async function sendAll(sending: Sending): Promise<void> {
  await inLanes(LANES, PAUSE, async () => {
    if (sending.next >= TOTAL) return false;
    const message = `${run}-${sending.next++}`;
    const end = Date.now() + 3 * MINUTES;
    while ((await statusOf(`${door.url}/api/publish/${message}`, 'POST')) !== 201) {
      sending.refused++;
      if (Date.now() > end) throw new Error(`${message} was not acknowledged within three minutes`);
    }
    sending.acknowledged.add(message);
    return true;
  });
}

/** How often each message was printed. */
function printed(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [, message = ''] of logs.read().matchAll(new RegExp(`"message":"(${run}-\\d+)"`, 'g')))
    counts.set(message, (counts.get(message) ?? 0) + 1);
  return counts;
}

async function reached(sending: Sending, share: number): Promise<void> {
  const missing = async (): Promise<string | undefined> =>
    sending.acknowledged.size >= TOTAL * share ? undefined : `${sending.acknowledged.size} of ${TOTAL} are`;
  await waitFor({ what: 'messages are not acknowledged', seconds: 300, missing });
}

/** Ends a pod with no more than a second to say good-bye. */
async function killOne({ namespace, name }: typeof api): Promise<void> {
  const pods = await podsOf(lab, { namespace, name });
  const [first] = pods;
  await lab.api(
    'DELETE',
    `/api/v1/namespaces/${namespace}/pods/${first!.metadata.name}?gracePeriodSeconds=1`,
  );
  await podsReady(lab, (pod) => pod.metadata.labels?.['app.kubernetes.io/name'] === name);
}

async function disturb(sending: Sending): Promise<void> {
  await reached(sending, 0.15);
  await killOne(kafka);
  await reached(sending, 0.4);
  await killOne(worker);
  await reached(sending, 0.6);
  const [, other] = await podsOf(lab, worker);
  await loseNode(lab, nodeOf(other!));
  await reached(sending, 0.9);
  await returnNode(lab, nodeOf(other!));
}

test(
  'every message that was acknowledged arrives, whatever is killed meanwhile',
  async () => {
    const sending: Sending = { next: 0, refused: 0, acknowledged: new Set() };
    const start = Date.now();
    await Promise.all([sendAll(sending), disturb(sending)]);
    const seconds = Math.round((Date.now() - start) / 1000);
    const lost = (): string[] => {
      const counts = printed();
      return [...sending.acknowledged].filter((message) => !counts.has(message));
    };
    const missing = async (): Promise<string | undefined> => {
      const left = lost();
      return left.length === 0
        ? undefined
        : `${left.length} are missing, e.g. ${left.slice(0, 5).join(', ')}`;
    };
    await waitFor({ what: 'not every acknowledged message was printed', seconds: 240, missing });
    expect(sending.acknowledged.size).toBe(TOTAL);
    expect(lost()).toEqual([]);
    await allReady(lab);
    report(sending, seconds);
  },
  15 * MINUTES,
);

function report({ acknowledged, refused }: Sending, seconds: number): void {
  const counts = [...printed().values()];
  const again = counts.filter((count) => count > 1).length;
  prove('messages', [
    `## ${TOTAL.toLocaleString('en')} messages while things break\n`,
    `\`POST /api/publish/:message\` on the api of cluster \`${CLUSTER}\`, ${LANES} callers at a time, while a Kafka broker, a worker and then a node were killed, and the node came back. Who got no acknowledgement asked again. What the workers printed was read from their logs.\n`,
    ...table(
      ['acknowledged', 'arrived', 'lost', 'printed more than once', 'requests not acknowledged', 'seconds'],
      [[acknowledged.size, counts.length, acknowledged.size - counts.length, again, refused, seconds]],
    ),
    '',
  ]);
}
