import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../src/estate';
import type { Lab, LiveObject } from '../../../src/lab';
import { prove } from '../proof';
import { asking } from './asking';
import { keepLogs, logged, type PodLogs } from './pod-logs';
import { askPod, isServed, twinOf } from './pods';
import { addressOf, CLUSTER, MINUTES, operated, podsOf, runningLab } from './running';

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

test(
  'a stream as cluster `kind` declares it keeps what is said, on three servers',
  async () => {
    const { pods, inside } = await asking(lab, { namespace: 'queuing', name: 'nats' });
    const nats = (action: string, value: string): Promise<string> =>
      inside(pods[0]!, 'nats', action, '127.0.0.1:4222', value);
    // NACK, which makes it there, is not to be had here.
    const stream = operated.objects.find(({ kind }) => kind === 'Stream')!;
    const name = await nats('keep', JSON.stringify(stream.body['spec']));
    const since = Date.now();
    await logged(said, (line) => line['msg'] === 'said' && timeOf(line) > since);
    const [pod] = await podsOf(lab, producer);
    const kept = JSON.parse(await nats('kept', name)) as Kept;
    expect(kept.servers.toSorted()).toEqual(['nats-0', 'nats-1', 'nats-2']);
    expect(kept).toMatchObject({ subjects: ['messages'], last: `Hello World, from ${addressOf(pod!)}` });
    shown.push(
      `The stream that cluster \`kind\` declares, made from its custom resource by the test (NACK, its operator, is stood in for), kept \`${kept.last}\` on ${kept.servers.length} servers.`,
    );
  },
  MINUTES,
);

interface Kept {
  readonly servers: readonly string[];
  readonly subjects: readonly string[];
  readonly last: string;
}
