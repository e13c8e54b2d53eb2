import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type JsonObject, textIn } from '../../../src/estate';
import { conditionOf, type Lab, type LiveObject } from '../../../src/lab';
import { prove } from '../proof';
import { asking } from './asking';
import { keepLogs, logged, type PodLogs } from './pod-logs';
import { askPod, isServed, twinOf } from './pods';
import { addressOf, CLUSTER, cluster, distTree, MINUTES, podsOf, runningLab } from './running';

const producer = { namespace: 'appdev', name: 'hello-producer' };
const consumer = { namespace: 'appdev', name: 'hello-consumer' };
const HEALTHY = ['cat', '/tmp/healthy'];
const shown: string[] = [];
let lab: Lab;
let said: PodLogs;
let heard: PodLogs;

beforeAll(async () => {
  lab = await runningLab();
  said = keepLogs(lab.plan, producer.namespace, producer.name);
  heard = keepLogs(lab.plan, consumer.namespace, consumer.name);
}, 12 * MINUTES);

afterAll(() => {
  said?.close();
  heard?.close();
  const lines = shown.map((line) => `- ${line}`);
  prove('hello', [`## Hello in cluster \`${CLUSTER}\`\n`, ...lines, '']);
});

const exec = ({ metadata }: LiveObject, command: readonly string[]): Promise<string> =>
  lab.exec(metadata.namespace!, metadata.name, command);

test(
  'the producer says hello from its own address every ten seconds, and the consumer prints it',
  async () => {
    const [pod] = await podsOf(lab, producer);
    const message = `Hello World, from ${addressOf(pod!)}`;
    const since = Date.now();
    const isOurs = (line: JsonObject): boolean =>
      line['message'] === message && line['subject'] === 'messages' && timeOf(line) > since;
    const times = (await logged(said, isOurs, 4)).map(timeOf);
    const gaps = times.slice(1).map((time, index) => (time - times[index]!) / 1000);
    for (const gap of gaps) expect(Math.abs(gap - 10)).toBeLessThan(1);
    expect((await logged(heard, isOurs, 4)).length).toBeGreaterThanOrEqual(4);
    shown.push(
      `The producer said \`${message}\` on the subject \`messages\`, ${gaps.map((gap) => gap.toFixed(1)).join(', ')} s after each other; the consumer printed each.`,
    );
  },
  2 * MINUTES,
);

const timeOf = ({ time }: JsonObject): number => Date.parse(time as string);

test.each([
  ['producer', producer],
  ['consumer', consumer],
])('the %s has /tmp/healthy while it is connected, which its probes look for', async (_name, program) => {
  const [pod] = await podsOf(lab, program);
  const [main] = pod!.spec!['containers'] as readonly JsonObject[];
  expect(main).toMatchObject({ livenessProbe: { exec: { command: HEALTHY } } });
  await exec(pod!, HEALTHY);
  shown.push(`In ${program.name}, \`${HEALTHY.join(' ')}\` succeeded: its liveness probe.`);
});

test.each([
  ['producer', producer],
  ['consumer', consumer],
])(
  'a %s that has not found NATS is alive without that file, and not ready',
  async (_name, program) => {
    const twin = await twinOf(lab, program, 8080, { NATS_URL: 'nats://nats-elsewhere.queuing:4222' });
    try {
      await expect(exec(twin.pod, HEALTHY)).rejects.toThrow('/tmp/healthy');
      const [ready] = await askPod(lab, twin.pod, 8080, '/ready');
      expect(ready?.status).toBe(503);
      expect(await isServed(lab, program, twin.pod)).toBe(false);
      shown.push(`A ${program.name} told of a NATS that is not there had no such file: ${ready!.text}`);
    } finally {
      await twin.remove();
    }
  },
  3 * MINUTES,
);

const stream = cluster.objects.find(({ kind }) => kind === 'Stream')!;

/** What NATS has of the stream. */
async function kept(): Promise<Kept> {
  const { pods, inside } = await asking(lab, { namespace: 'queuing', name: 'nats' });
  const name = textIn(stream.body, 'spec', 'name')!;
  return JSON.parse(await inside(pods[0]!, 'nats', 'kept', '127.0.0.1:4222', name)) as Kept;
}

interface Kept {
  readonly servers: readonly string[];
  readonly subjects: readonly string[];
  /** How long it keeps what it gets. */
  readonly hours: number;
  readonly last: string;
}

test(
  'the stream that the estate declares is made by NACK on three servers, and keeps what is said',
  async () => {
    const made = await lab.client.find(await lab.client.pathOf(stream.body));
    const ready = conditionOf(made!, 'Ready')!;
    expect(ready).toMatchObject({ status: 'True', message: 'Stream successfully created or updated.' });
    const since = Date.now();
    await logged(said, (line) => line['msg'] === 'said' && timeOf(line) > since);
    const [pod] = await podsOf(lab, producer);
    const { servers, last, ...settings } = await kept();
    expect(servers.toSorted()).toEqual(['nats-0', 'nats-1', 'nats-2']);
    expect(last).toBe(`Hello World, from ${addressOf(pod!)}`);
    expect(settings).toEqual({ subjects: ['messages'], hours: 24 });
    shown.push(
      `The Stream \`${stream.name}\` was Ready, as NACK said: ${ready.message} It kept \`${last}\` on ${servers.toSorted().join(', ')}.`,
    );
  },
  MINUTES,
);

test(
  'a commit that changes the stream has reached NATS once Flux says that it is Ready',
  async () => {
    const longer = new Map(
      [...distTree()].map(([path, text]) => [
        path,
        path.startsWith(`${CLUSTER}/nats-streams/`) ? text.replace('maxAge: 24h', 'maxAge: 48h') : text,
      ]),
    );
    try {
      const start = Date.now();
      await lab.waitReady({ seconds: 120, revision: await lab.publish(longer) });
      const seconds = Math.round((Date.now() - start) / 1000);
      expect((await kept()).hours).toBe(48);
      shown.push(`A commit with \`maxAge: 48h\` had reached NATS when Flux said Ready, ${seconds} s later.`);
    } finally {
      await lab.waitReady({ seconds: 120, revision: await lab.publish(distTree()) });
    }
    expect((await kept()).hours).toBe(24);
  },
  5 * MINUTES,
);
