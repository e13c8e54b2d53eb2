import { expect, test } from '@jest/globals';
import type { NatsConnection } from '@nats-io/transport-node';
import { headers } from '@nats-io/transport-node';
import type { Link } from '../../src/nats/link';
import { coreNats } from '../../src/nats/core';
import { NatsUnavailable } from '../../src/nats';
import { testService } from '../../src/testing';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function linkTo(connection: object, isMet = true) {
  const service = testService();
  const need = service.readiness.need('nats', 'connecting');
  if (isMet) need.met();
  const link: Link = { need, connection: Promise.resolve(connection as NatsConnection) };
  return { service, nats: coreNats(service, link) };
}

test('a message counts as published once the server has read it', async () => {
  const order: string[] = [];
  const { nats } = linkTo({
    publish: (subject: string, data: Buffer) => order.push(`${subject}: ${String(data)}`),
    flush: async () => void order.push('flushed'),
  });
  await nats.publish('messages', Buffer.from('hello'));
  expect(order).toEqual(['messages: hello', 'flushed']);
});

test('while not connected nothing is sent, and nothing kept for later', async () => {
  const sent: string[] = [];
  const { nats } = linkTo({ publish: (subject: string) => sent.push(subject) }, false);
  await expect(nats.publish('messages', Buffer.from('hello'))).rejects.toThrow(NatsUnavailable);
  expect(sent).toEqual([]);
});

test('a server that does not confirm is unavailable', async () => {
  const { nats } = linkTo({
    publish: () => undefined,
    flush: () => Promise.reject(new Error('connection closed')),
  });
  await expect(nats.publish('messages', Buffer.from('hello'))).rejects.toThrow(
    'NATS did not confirm: connection closed',
  );
});

test('each message is handled; one that fails does not end the hearing; a stop drains first', async () => {
  const heard: unknown[] = [];
  const drain = new AbortController();
  const drained = new Promise<void>((resolve) => drain.signal.addEventListener('abort', () => resolve()));
  const withHeader = headers();
  withHeader.set('traceparent', '00-a-b-01');
  const subscription = {
    async *[Symbol.asyncIterator]() {
      yield { subject: 'messages', data: new TextEncoder().encode('one'), headers: withHeader };
      yield { subject: 'messages', data: new TextEncoder().encode('two') };
      await drained;
      yield { subject: 'messages', data: new TextEncoder().encode('last') };
    },
    drain: async () => drain.abort(),
  };
  const { service, nats } = linkTo({ subscribe: () => subscription });
  nats.subscribe('messages', async (message) => {
    heard.push(message);
    if (String(message.data) === 'one') throw new Error('no');
  });
  await settle();
  await service.stop();
  expect(heard).toEqual([
    { subject: 'messages', data: Buffer.from('one'), headers: { traceparent: '00-a-b-01' } },
    { subject: 'messages', data: Buffer.from('two'), headers: {} },
    { subject: 'messages', data: Buffer.from('last'), headers: {} },
  ]);
  expect(service.lines.map(({ msg }) => msg)).toContain('message lost: no');
});
