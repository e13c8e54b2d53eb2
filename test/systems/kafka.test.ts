import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { program as api } from '../../services/api/src/program';
import { program as consumer } from '../../services/ratings-consumer/src/program';
import { program as worker } from '../../services/worker/src/program';
import { pause } from '../../services/runtime/src';
import { missingForKafka, openKafka, type KafkaServer } from './kafka';
import { eventually, isReady, printed, started } from './programs';

const missing = missingForKafka();
if (missing !== undefined) console.log(`The programs are not tried with a real Kafka: ${missing}`);
const kafkaTest = missing === undefined ? test : test.skip;

let kafka: KafkaServer;

beforeEach(async () => {
  if (missing === undefined) kafka = await openKafka();
});
afterEach(() => kafka?.remove());

kafkaTest('programs that start before their broker wait for it, and for their topic', async () => {
  const settings = { BROKERS: kafka.bootstrap, TOPIC: 'early' };
  const publishing = await started(api, settings);
  const reading = await started(worker, settings);
  expect((await publishing.ask('/api/publish/too-early', { method: 'POST' })).status).toBe(503);
  expect(await (await reading.ask('/health')).text()).toBe('Alive!');
  expect((await reading.ask('/ready')).status).toBe(503);
  await kafka.start();
  await eventually(() => isReady(publishing));
  await eventually(() => JSON.stringify(reading.service.readiness.report()).includes('topic-partition'));
  await kafka.createTopic('early');
  await eventually(() => isReady(reading));
  expect((await publishing.ask('/api/publish/hello', { method: 'POST' })).status).toBe(201);
  await eventually(() => printed(reading).includes('hello'));
  expect(printed(reading)).toEqual(['hello']);
});

kafkaTest('a group without a coordinator is waited for, by programs that stay alive', async () => {
  // A broker alone cannot keep the groups' offsets three times.
  await kafka.start({ 'offsets.topic.replication.factor': '3' });
  await kafka.createTopic('erboh-ratings');
  const group = { BROKERS: kafka.bootstrap, GROUP: 'waiting' };
  const ranking = await started(consumer, group);
  const reading = await started(worker, { ...group, TOPIC: 'erboh-ratings' });
  const told = () => JSON.stringify([ranking, reading].map(({ service }) => service.readiness.report()));
  await eventually(() => told().split('coordinator').length > 2);
  await pause(10_000, new AbortController().signal);
  for (const program of [ranking, reading]) {
    expect(await (await program.ask('/health')).text()).toBe('Alive!');
    expect((await program.ask('/ready')).status).toBe(503);
    expect(program.service.exitCode()).toBeUndefined();
  }
  await kafka.kill();
  await kafka.start();
  await eventually(() => isReady(ranking) && isReady(reading));
});

kafkaTest('what was acknowledged arrives, though the broker is lost in the middle', async () => {
  await kafka.start();
  await kafka.createTopic('lossy');
  const settings = { BROKERS: kafka.bootstrap, TOPIC: 'lossy' };
  const [publishing, reading] = [await started(api, settings), await started(worker, settings)];
  await eventually(() => isReady(publishing) && isReady(reading));
  const acknowledged: string[] = [];
  const statuses = new Set<number>();
  const publish = async (message: string) => {
    const { status } = await publishing.ask(`/api/publish/${message}`, { method: 'POST' });
    statuses.add(status);
    if (status === 201) acknowledged.push(message);
  };
  for (let number = 0; number < 200; number++) await publish(`before-${number}`);
  const outage = kafka.kill();
  for (let number = 0; number < 3; number++) await publish(`while-${number}`);
  await outage;
  await eventually(() => !isReady(publishing));
  await kafka.start();
  await eventually(() => isReady(publishing) && isReady(reading));
  for (let number = 0; number < 200; number++) await publish(`after-${number}`);
  expect(acknowledged.length).toBeGreaterThanOrEqual(400);
  expect(statuses).toEqual(new Set([201, 503]));
  await eventually(() => acknowledged.every((message) => printed(reading).includes(message)));
  expect([publishing, reading].map(({ service }) => service.exitCode())).toEqual([undefined, undefined]);
});

kafkaTest('what a worker cannot read is set aside, and the next message is printed', async () => {
  await kafka.start();
  await kafka.createTopic('odd', 1);
  const reading = await started(worker, { BROKERS: kafka.bootstrap, TOPIC: 'odd' });
  const garbage = Buffer.alloc(1_030_000, 0xff);
  await kafka.publish('odd', [Buffer.from([0xff, 0xfe]), null, garbage]);
  await kafka.publish('odd', [Buffer.alloc(0), Buffer.alloc(999_000, 'a')]);
  await eventually(() => JSON.stringify(reading.service.lines).includes('messages to odd.dead-letters'));
  expect(printed(reading)).toEqual([]);
  await kafka.createTopic('odd.dead-letters', 1);
  await eventually(() => printed(reading).length === 2);
  expect(printed(reading).map((message) => message.length)).toEqual([
    0,
    8_192 + '… and 990808 characters more'.length,
  ]);
  expect(await kafka.read('odd.dead-letters', 3)).toEqual([
    Buffer.from([0xff, 0xfe]),
    Buffer.alloc(0),
    garbage.subarray(0, 8_192),
  ]);
});

kafkaTest('a message of more than a megabyte is refused, and takes no other with it', async () => {
  await kafka.start();
  await kafka.createTopic('large');
  const publishing = await started(api, { BROKERS: kafka.bootstrap, TOPIC: 'large' });
  await eventually(() => isReady(publishing));
  const post = (message: string) => publishing.ask(`/api/publish/${message}`, { method: 'POST' });
  const statuses = await Promise.all([post('a'), post('b'.repeat(1_100_000)), post('c')]);
  expect(statuses.map(({ status }) => status)).toEqual([201, 431, 201]);
});
