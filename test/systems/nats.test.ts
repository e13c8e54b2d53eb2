import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { program as consumer } from '../../services/hello-consumer/src/program';
import { program as producer } from '../../services/hello-producer/src/program';
import { openNats, type NatsServer } from './nats';
import { eventually, isReady, printed, started } from './programs';

const folder = mkdtempSync(join(tmpdir(), 'hello-'));
let nats: NatsServer | string = 'not opened';
beforeAll(async () => {
  nats = await openNats();
});
afterAll(async () => {
  if (typeof nats !== 'string') await nats.remove();
  rmSync(folder, { recursive: true });
});

test('who is told to hear another subject of a stream hears that', async () => {
  if (typeof nats === 'string') return console.log(`The programs are not tried with a real NATS: ${nats}`);
  nats.start();
  await nats.createStream('SUBJECTS', 'subjects.*');
  const settings = { NATS_URL: nats.url, STREAM: 'SUBJECTS', HEALTH_FILE: join(folder, 'subjects') };
  const before = await started(consumer, { ...settings, SUBJECT: 'subjects.old' });
  await eventually(() => isReady(before));
  await before.service.stop();
  const hearing = await started(consumer, { ...settings, SUBJECT: 'subjects.new' });
  await eventually(() => isReady(hearing));
  const saying = { ...settings, SUBJECT: 'subjects.new', POD_IP: '10.0.0.8', EVERY_SECONDS: '0.2' };
  await started(producer, { ...saying, HEALTH_FILE: join(folder, 'saying') });
  await eventually(() => printed(hearing).length > 0);
  expect(printed(hearing)[0]).toBe('Hello World, from 10.0.0.8');
  await nats.kill();
});

test('a user and a password in the address are what NATS is told, and no log', async () => {
  if (typeof nats === 'string') return console.log(`The programs are not tried with a real NATS: ${nats}`);
  nats.start('--user', 'bob', '--pass', 'pass@word');
  const { url } = nats;
  const address = (login: string) => url.replace('//', `//${login}@`);
  const [known, unknown] = [
    await started(consumer, { NATS_URL: address('bob:pass%40word'), HEALTH_FILE: join(folder, 'known') }),
    await started(consumer, { NATS_URL: address('bob:wrong'), HEALTH_FILE: join(folder, 'unknown') }),
  ];
  await eventually(() => isReady(known));
  await eventually(() => JSON.stringify(unknown.service.readiness.report()).includes('uthoriz'));
  const told = JSON.stringify([known, unknown].map(({ service }) => service.lines));
  expect(told).not.toMatch(/pass%40word|pass@word|wrong/);
  await nats.kill();
});

test.each<[string, Record<string, string>]>([
  ['NATS', {}],
  ['a stream of JetStream', { STREAM: 'HELLO' }],
])(
  'over %s hello is heard, before and after the server was away, and files tell who is connected',
  async (how, more) => {
    if (typeof nats === 'string') return console.log(`The programs are not tried with a real NATS: ${nats}`);
    const files = [`${how} producer`, `${how} consumer`].map((name) => join(folder, name));
    const settings = { NATS_URL: nats.url, SUBJECT: 'messages', ...more };
    const [saying, hearing] = [
      await started(producer, {
        ...settings,
        POD_IP: '10.0.0.7',
        EVERY_SECONDS: '0.2',
        HEALTH_FILE: files[0]!,
      }),
      await started(consumer, { ...settings, HEALTH_FILE: files[1]! }),
    ];
    const both = () => [saying, hearing];
    const shown = () => files.map((file) => existsSync(file));
    expect(shown()).toEqual([false, false]);
    nats.start();
    if (more['STREAM'] !== undefined) await nats.createStream(more['STREAM'], 'messages');
    await eventually(() => both().every(isReady) && printed(hearing).length > 2);
    expect(new Set(printed(hearing))).toEqual(new Set(['Hello World, from 10.0.0.7']));
    expect(shown()).toEqual([true, true]);
    await nats.kill();
    await eventually(() => shown().every((isThere) => !isThere));
    const before = printed(hearing).length;
    nats.start();
    await eventually(() => both().every(isReady) && printed(hearing).length > before + 2);
    expect(shown()).toEqual([true, true]);
    await nats.kill();
  },
);
