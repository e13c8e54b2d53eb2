import { expect, test } from '@jest/globals';
import { PoisonMessage } from '../../src/errors';
import { acknowledge } from '../../src/nats/acknowledge';
import type { NatsHandler } from '../../src/nats';
import { testService } from '../../src/testing';

async function outcomeOf(handle: NatsHandler): Promise<readonly string[]> {
  const told: string[] = [];
  const message = {
    subject: 'stored',
    data: new TextEncoder().encode('hello'),
    seq: 7,
    ack: () => void told.push('ack'),
    nak: (millis?: number) => void told.push(`again after ${millis}`),
    term: (reason?: string) => void told.push(`never again: ${reason}`),
    working: () => undefined,
  };
  await acknowledge(testService(), message, handle);
  return told;
}

test('a message is acknowledged after it was handled', async () => {
  const order: string[] = [];
  const outcome = await outcomeOf(async ({ data }) => void order.push(String(data)));
  expect(order).toEqual(['hello']);
  expect(outcome).toEqual(['ack']);
});

test('a message that failed comes again later', async () => {
  expect(await outcomeOf(() => Promise.reject(new Error('not now')))).toEqual(['again after 1000']);
});

test('poison never comes again', async () => {
  expect(await outcomeOf(() => Promise.reject(new PoisonMessage('not text')))).toEqual([
    'never again: not text',
  ]);
});
