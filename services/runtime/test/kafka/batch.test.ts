import { expect, test } from '@jest/globals';
import { batched } from '../../src/kafka/batch';
import {
  KafkaUnavailable,
  MessageTooLarge,
  type KafkaPort,
  type OutgoingMessage,
} from '../../src/kafka/port';

interface Request {
  readonly topic: string;
  readonly texts: readonly string[];
  readonly succeed: () => void;
  readonly fail: (error: Error) => void;
}

/** A publisher whose requests stay open until the test ends them. */
function held(): { readonly requests: Request[]; readonly publish: KafkaPort['publish'] } {
  const requests: Request[] = [];
  const publish: KafkaPort['publish'] = (topic, messages) =>
    new Promise((succeed, fail) => {
      requests.push({
        topic,
        texts: messages.map(({ value }) => value.toString('utf8', 0, 10)),
        succeed,
        fail,
      });
    });
  return { requests, publish };
}

const message = (text: string): OutgoingMessage[] => [{ value: Buffer.from(text) }];
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('the first goes at once, and what comes meanwhile goes together, in order', async () => {
  const { requests, publish } = held();
  const send = batched(publish, 1_000);
  const all = ['a', 'b', 'c'].map((text) => send('messages', message(text)));
  expect(requests.map(({ texts }) => texts)).toEqual([['a']]);
  requests[0]?.succeed();
  await all[0];
  await settle();
  expect(requests.map(({ texts }) => texts)).toEqual([['a'], ['b', 'c']]);
  requests[1]?.succeed();
  await Promise.all(all);
});

test('topics do not wait for each other', () => {
  const { requests, publish } = held();
  const send = batched(publish, 1_000);
  void send('one', message('a'));
  void send('other', message('b'));
  expect(requests.map(({ topic }) => topic)).toEqual(['one', 'other']);
});

test('a batch that fails fails for everybody in it, and the next one is tried', async () => {
  const { requests, publish } = held();
  const send = batched(publish, 1_000);
  const first = send('messages', message('a'));
  const second = send('messages', message('b'));
  requests[0]?.fail(new KafkaUnavailable('gone'));
  await expect(first).rejects.toThrow('gone');
  await settle();
  requests[1]?.succeed();
  await expect(second).resolves.toBeUndefined();
});

test('a batch never weighs more than a broker takes', async () => {
  const { requests, publish } = held();
  const send = batched(publish, 1_000);
  void send('messages', message('first'));
  for (const text of ['a', 'b', 'c']) void send('messages', message(text.repeat(300_000)));
  requests[0]?.succeed();
  await settle();
  expect(requests[1]?.texts).toHaveLength(2);
});

test('one message that is too large does not take the others with it', async () => {
  const { requests, publish } = held();
  const send = batched(publish, 1_000);
  void send('messages', message('first'));
  const small = send('messages', message('small'));
  const large = send('messages', message('large'));
  requests[0]?.succeed();
  await settle();
  requests[1]?.fail(new MessageTooLarge('too large'));
  await settle();
  requests[2]?.succeed();
  await settle();
  requests[3]?.fail(new MessageTooLarge('too large'));
  await expect(small).resolves.toBeUndefined();
  await expect(large).rejects.toThrow('too large');
  expect(requests.slice(2).map(({ texts }) => texts)).toEqual([['small'], ['large']]);
});

test('what waited too long is not sent any more', async () => {
  const { requests, publish } = held();
  const send = batched(publish, 5);
  void send('messages', message('first'));
  void send('messages', message('forgotten'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  requests[0]?.succeed();
  await settle();
  expect(requests).toHaveLength(1);
});
