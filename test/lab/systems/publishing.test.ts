import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { version } from '../../../charts/programs';
import type { JsonObject } from '../../../src/estate';
import { type Lab, waitFor } from '../../../src/lab';
import { prove } from '../proof';
import { asking } from './asking';
import { keepLogs, linesOf, logged, type PodLogs } from './pod-logs';
import { askPod, endOf, isServed, twinOf } from './pods';
import { answerOf, type Door, openDoor } from './requests';
import { CLUSTER, MINUTES, podsOf, podsReady, runningLab } from './running';

const api = { namespace: 'appdev', name: 'publishing-api' };
const worker = { namespace: 'appdev', name: 'publishing-worker' };
const kafka = { namespace: 'queuing', name: 'kafka' };
/** Sets this run's messages apart from those of the one before. */
const run = randomBytes(4).toString('hex');
const shown: string[] = [];
let lab: Lab;
let door: Door;
let logs: PodLogs;
let printed: PodLogs;

beforeAll(async () => {
  lab = await runningLab();
  door = await openDoor(lab, api, 3000);
  logs = keepLogs(lab.plan, api.namespace, api.name);
  printed = keepLogs(lab.plan, worker.namespace, worker.name);
}, 12 * MINUTES);

afterAll(() => {
  door?.close();
  logs?.close();
  printed?.close();
  const lines = shown.map((line) => `- ${line}`);
  prove('publishing', [`## The api and the workers of cluster \`${CLUSTER}\`\n`, ...lines, '']);
});

async function publish(message: string): Promise<void> {
  const answer = await answerOf(`${door.url}/api/publish/${message}`, 'POST');
  expect(answer).toEqual({ status: 201, text: 'Alrighty then!' });
}

test('the api publishes, says that it is alive, and knows no other address', async () => {
  await publish(`${run}-first`);
  expect(await answerOf(`${door.url}/health`)).toEqual({ status: 200, text: 'Alive!' });
  for (const [method = '', path] of [
    ['GET', '/'],
    ['GET', `/api/publish/${run}`],
    ['POST', '/api/publish/'],
    ['POST', '/health'],
  ])
    expect([method, path, (await answerOf(`${door.url}${path}`, method)).status]).toEqual([
      method,
      path,
      404,
    ]);
  shown.push(
    '`POST /api/publish/:message`: 201 `Alrighty then!`; `GET /health`: 200 `Alive!`; whatever else: 404.',
  );
});

test('every replica of the api has logged its version', () => {
  const starts = linesOf(logs).filter(({ msg }) => msg === `api ${version} starts`);
  expect(starts.length).toBeGreaterThanOrEqual(2);
  expect(starts.every((line) => line['version'] === version)).toBe(true);
  shown.push(`Every replica of the api logged \`api ${version} starts\`.`);
});

test(
  'an api that has not found its brokers is alive and refuses, and the Service leads nobody to it',
  async () => {
    const twin = await twinOf(lab, api, 3000, { BROKERS: 'kafka-elsewhere.queuing:9092' });
    try {
      const [ready] = await askPod(lab, twin.pod, 3000, '/ready');
      expect(ready?.status).toBe(503);
      expect(JSON.parse(ready!.text)).toMatchObject({
        ready: false,
        waitingFor: { kafka: expect.any(String) },
      });
      const { request } = await asking(lab, api);
      const url = `http://127.0.0.1:3000/api/publish/${run}-nowhere`;
      const [refusal] = await request(twin.pod, { url, method: 'POST' });
      expect(refusal?.status).toBe(503);
      expect(await isServed(lab, api, twin.pod)).toBe(false);
      const [other] = await podsOf(lab, api);
      expect(await isServed(lab, api, other!)).toBe(true);
      shown.push(
        `An api told of brokers that are not there was alive, and not ready: ${ready!.text}; it answered 503, and the Service led nobody to it.`,
      );
    } finally {
      await twin.remove();
    }
  },
  3 * MINUTES,
);

test(
  'a worker prints topic, partition, offset and message, and commits',
  async () => {
    await publish(`${run}-printed`);
    const [line] = await logged(printed, ({ message }) => message === `${run}-printed`);
    const { topic, partition, offset, message } = line!;
    expect([topic, typeof partition]).toEqual(['messages', 'number']);
    expect(offset).toMatch(/^\d+$/);
    await everythingIsCommitted();
    shown.push(
      `A worker printed \`${JSON.stringify({ topic, partition, offset, message })}\`, and the group had committed everything a moment later.`,
    );
  },
  2 * MINUTES,
);

async function everythingIsCommitted(): Promise<void> {
  const { pods, inside } = await asking(lab, kafka);
  const missing = async (): Promise<string | undefined> => {
    const left = await inside(pods[0]!, 'kafka', 'left', '127.0.0.1:9092', 'messages', 'worker');
    return left === '0' ? undefined : `${left} messages are left`;
  };
  await waitFor({ what: 'the workers have not committed', seconds: 60, missing });
}

test(
  'a worker that is told to stop ends with code 0, every message meanwhile is printed, and no offset twice',
  async () => {
    const [pod] = await podsOf(lab, worker);
    const messages = Array.from({ length: 400 }, (_, index) => `${run}-stop-${index}`);
    const ending = endOf(lab, pod!);
    for (let sent = 0; sent < messages.length; sent += 20)
      await Promise.all(messages.slice(sent, sent + 20).map(publish));
    expect(await ending).toBe(0);
    const ours = (): readonly JsonObject[] =>
      linesOf(printed).filter(({ message }) => messages.includes(message as string));
    const missing = async (): Promise<string | undefined> => {
      const there = new Set(ours().map(({ message }) => message));
      return there.size === messages.length ? undefined : `${there.size} of ${messages.length} are`;
    };
    await waitFor({ what: 'messages are not printed', seconds: 90, missing });
    // An api whose acknowledgement was lost publishes again: that is another offset, and no doing of a worker.
    const places = ours().map(({ partition, offset }) => JSON.stringify([partition, offset]));
    expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([]);
    await podsReady(lab, ({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === worker.name);
    shown.push(
      `A worker was told to stop while ${messages.length} messages came: it ended with code 0, each of them was printed, and no offset twice.`,
    );
  },
  4 * MINUTES,
);
