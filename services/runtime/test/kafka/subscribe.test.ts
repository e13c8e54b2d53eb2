import { expect, test } from '@jest/globals';
import type { Consumer, ConsumerRunConfig, EachMessagePayload } from 'kafkajs';
import { subscriber } from '../../src/kafka/subscribe';
import type { IncomingMessage } from '../../src/kafka/port';
import { testService } from '../../src/testing';

/** As much of a consumer as the subscription uses. */
function fakeConsumer() {
  const listeners = new Map<string, (event: { payload: unknown }) => void>();
  const calls: string[] = [];
  let running: ConsumerRunConfig = {};
  const consumer = {
    events: { GROUP_JOIN: 'join', REBALANCING: 'rebalancing', CRASH: 'crash' },
    on: (event: string, listener: (event: { payload: unknown }) => void) => listeners.set(event, listener),
    connect: async () => void calls.push('connect'),
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

async function subscribed(handle: (message: IncomingMessage) => Promise<void> = async () => undefined) {
  const service = testService();
  const fake = fakeConsumer();
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

test('a crash that the client does not recover from ends the program', async () => {
  const { service, emit } = await subscribed();
  emit('crash', { error: new TypeError('brokers of null'), restart: false });
  await service.stop();
  expect(service.exitCode()).toBe(1);
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
