import { expect, test } from '@jest/globals';
import type { Producer } from 'kafkajs';
import { KafkaUnavailable, MessageTooLarge } from '../../src/kafka/port';
import { publisher } from '../../src/kafka/publish';
import { testService } from '../../src/testing';

type Send = Producer['send'];

function publishWith(send: Send, isMet = true) {
  const need = testService().readiness.need('kafka', 'connecting');
  if (isMet) need.met();
  return publisher({ send }, need);
}

test('it asks for the acknowledgement of all in-sync replicas', async () => {
  const records: unknown[] = [];
  const publish = publishWith(async (record) => {
    records.push(record);
    return [];
  });
  await publish('messages', [
    { key: 'k', value: Buffer.from('a'), headers: { h: '1' } },
    { value: Buffer.from('b') },
  ]);
  expect(records).toEqual([
    {
      topic: 'messages',
      acks: -1,
      timeout: 5_000,
      messages: [
        { key: 'k', value: Buffer.from('a'), headers: { h: '1' } },
        { key: null, value: Buffer.from('b') },
      ],
    },
  ]);
});

test('while no broker answers it refuses at once and sends nothing', async () => {
  let sent = 0;
  const publish = publishWith(async () => {
    sent++;
    return [];
  }, false);
  await expect(publish('messages', [{ value: Buffer.from('a') }])).rejects.toThrow(KafkaUnavailable);
  expect(sent).toBe(0);
});

test('a message that weighs too much is refused before it is sent', async () => {
  let sent = 0;
  const publish = publishWith(async () => {
    sent++;
    return [];
  });
  await expect(publish('messages', [{ value: Buffer.alloc(1_000_001) }])).rejects.toThrow(MessageTooLarge);
  expect(sent).toBe(0);
});

test("a broker's refusal of the size is told from one that may pass", async () => {
  const tooLarge = Object.assign(new Error('larger than the max'), { type: 'MESSAGE_TOO_LARGE' });
  const publish = publishWith(() => Promise.reject(new Error('gave up', { cause: tooLarge })));
  await expect(publish('messages', [{ value: Buffer.from('a') }])).rejects.toThrow(MessageTooLarge);
});

test('a failure is unavailability, with the reason', async () => {
  const publish = publishWith(() => Promise.reject(new Error('the leader moved')));
  const attempt = publish('messages', [{ value: Buffer.from('a') }]);
  await expect(attempt).rejects.toThrow(KafkaUnavailable);
  await expect(attempt).rejects.toThrow('Kafka did not acknowledge messages to messages: the leader moved');
});

test('after an attempt that failed all messages are sent anew, those that may have arrived included', async () => {
  const sent: string[][] = [];
  const publish = publishWith(async ({ messages }) => {
    sent.push(messages.map(({ value }) => String(value)));
    if (sent.length < 3) throw new Error('the leader moved');
    return [];
  });
  await publish('messages', [{ value: Buffer.from('a') }, { value: Buffer.from('b') }]);
  expect(sent).toEqual([
    ['a', 'b'],
    ['a', 'b'],
    ['a', 'b'],
  ]);
});
