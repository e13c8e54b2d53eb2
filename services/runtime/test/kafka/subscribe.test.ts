import { expect, test } from '@jest/globals';
import type { Consumer, ConsumerRunConfig, EachMessagePayload } from 'kafkajs';
import { subscriber } from '../../src/kafka/subscribe';
import type { IncomingMessage } from '../../src/kafka/port';
import { testService, until } from '../../src/testing';

/** As much of a consumer as the subscription uses. */
function fakeConsumer(failures: string[]) {
  const listeners = new Map<string, (event: { payload: unknown }) => void>();
  const calls: string[] = [];
  let running: ConsumerRunConfig = {};
  const consumer = {
    events: { GROUP_JOIN: 'join', REBALANCING: 'rebalancing', CRASH: 'crash' },
    on: (event: string, listener: (event: { payload: unknown }) => void) => listeners.set(event, listener),
    connect: async () => {
      calls.push('connect');
      const failure = failures.shift();
      if (failure !== undefined) throw new Error(failure);
    },
    subscribe: async (topic: unknown) => void calls.push(`subscribe ${JSON.stringify(topic)}`),
    run: async (config: ConsumerRunConfig) => void (running = config),
    disconnect: async () => void calls.push('disconnect'),
  } as unknown as Consumer;
  return {
    consumer,
    calls,
    emit: (event: string, payload: unknown = {}) => listeners.get(event)?.({ payload }),
    deliver: (payload: Partial<EachMessagePayload>) => running.eachMessage?.(payload as EachMessagePayload),
  };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function subscribed(
  handle: (message: IncomingMessage) => Promise<void> = async () => undefined,
  failures: string[] = [],
) {
  const service = testService();
  const fake = fakeConsumer(failures);
  const groups: unknown[] = [];
  const kafka = {
    consumer: (config: unknown) => {
      groups.push(config);
      return fake.consumer;
    },
  };
  subscriber(service, kafka)({ topic: 'messages', group: 'worker' }, handle);
  await settle();
  return { service, groups, ...fake };
}

test('it reads the topic from the beginning, in the group', async () => {
  const { calls, groups } = await subscribed();
  expect(calls).toEqual(['connect', 'subscribe {"topic":"messages","fromBeginning":true}']);
  expect(groups).toEqual([expect.objectContaining({ groupId: 'worker' })]);
});

test('it is ready while it is a member of the group', async () => {
  const { service, emit } = await subscribed();
  const seen = [service.readiness.report().ready];
  for (const event of ['join', 'rebalancing', 'join']) {
    emit(event);
    seen.push(service.readiness.report().ready);
  }
  emit('crash', { error: new Error('the coordinator is gone'), restart: true });
  expect(seen).toEqual([false, true, false, true]);
  expect(service.readiness.report().waitingFor).toEqual({
    'topic messages': 'reading stopped: the coordinator is gone',
  });
  expect(service.exitCode()).toBeUndefined();
});

test('after a crash that the client does not recover from, a new consumer reads on', async () => {
  const { service, groups, calls, emit } = await subscribed();
  emit('join');
  emit('crash', { error: new Error('Failed to find group coordinator'), restart: false });
  expect(service.readiness.report().waitingFor).toEqual({
    'topic messages': 'reading stopped: Failed to find group coordinator',
  });
  await until(() => groups.length === 2);
  await settle();
  expect(calls.slice(2)).toEqual(['disconnect', ...calls.slice(0, 2)]);
  emit('join');
  expect(service.readiness.report().ready).toBe(true);
  expect(service.exitCode()).toBeUndefined();
  await service.stop();
});

test('a broker that is away at the start is asked again, and each try leaves nothing open', async () => {
  const { service, groups, calls } = await subscribed(undefined, ['connect ECONNREFUSED']);
  expect(service.readiness.report().waitingFor).toEqual({
    'topic messages': 'reading stopped: connect ECONNREFUSED',
  });
  await until(() => groups.length === 2);
  await settle();
  expect(calls.map((call) => call.split(' ')[0])).toEqual(['connect', 'disconnect', 'connect', 'subscribe']);
  await service.stop();
});

test('it leaves the group when the service stops', async () => {
  const { service, calls } = await subscribed();
  await service.stop();
  expect(calls).toContain('disconnect');
});

test('the handler gets the message with plain headers; what it throws reaches the client, which delivers again', async () => {
  const messages: IncomingMessage[] = [];
  const { deliver } = await subscribed(async (message) => {
    messages.push(message);
    throw new Error('not now');
  });
  const message = {
    key: null,
    value: Buffer.from('a'),
    timestamp: '0',
    attributes: 0,
    offset: '7',
    headers: { h: Buffer.from('1'), two: ['2', '3'] },
  };
  await expect(
    deliver({ topic: 'messages', partition: 2, message, heartbeat: async () => undefined }),
  ).rejects.toThrow('not now');
  expect(messages).toEqual([
    {
      topic: 'messages',
      partition: 2,
      offset: '7',
      key: null,
      value: Buffer.from('a'),
      headers: { h: '1', two: '2' },
    },
  ]);
});

test('a header without a value, as other clients write it, is empty', async () => {
  const heard: IncomingMessage[] = [];
  const { deliver } = await subscribed(async (message) => void heard.push(message));
  const headers = { 'rating-id': null as unknown as string, other: Buffer.from('text') };
  const message = { offset: '0', key: null, value: null, headers } as EachMessagePayload['message'];
  await deliver({ topic: 'messages', partition: 0, message });
  expect(heard).toMatchObject([{ headers: { 'rating-id': '', other: 'text' } }]);
});
