import { expect, test } from '@jest/globals';
import { PoisonMessage, Unavailable } from '../../src/errors';
import { withDeadLetters, type Handler } from '../../src/kafka';
import { memoryKafka, testService } from '../../src/testing';

const subscription = { topic: 'messages', group: 'worker' };

async function reading(handle: Handler) {
  const kafka = memoryKafka();
  const service = testService();
  kafka.subscribe(subscription, withDeadLetters(service, kafka, 'dead', handle));
  await kafka.publish('messages', [
    { key: 'k', value: Buffer.from('bad'), headers: { h: '1' } },
    { value: Buffer.from('good') },
  ]);
  return { kafka, service };
}

function failingOn(text: string, failure: Error, attempts: string[]): Handler {
  return async ({ value }) => {
    attempts.push(String(value));
    if (String(value) === text) throw failure;
  };
}

test('poison is set aside at once with its place and the reason, and the next message is read', async () => {
  const attempts: string[] = [];
  const { kafka, service } = await reading(failingOn('bad', new PoisonMessage('not a rating'), attempts));
  await kafka.deliver();
  expect(attempts).toEqual(['bad', 'good']);
  expect(kafka.committed(subscription)).toBe(2);
  expect(kafka.messages('dead')).toMatchObject([
    {
      key: Buffer.from('k'),
      value: Buffer.from('bad'),
      headers: {
        h: '1',
        'dead-letter-topic': 'messages',
        'dead-letter-partition': '0',
        'dead-letter-offset': '0',
        'dead-letter-reason': 'not a rating',
      },
    },
  ]);
  expect(service.lines.map(({ msg }) => msg)).toContain('message set aside: not a rating');
});

test('an unforeseen error is tried three times before the message is set aside', async () => {
  const attempts: string[] = [];
  const { kafka } = await reading(failingOn('bad', new TypeError('of undefined'), attempts));
  await kafka.deliver();
  expect(attempts).toEqual(['bad', 'bad', 'bad', 'good']);
  expect(kafka.messages('dead')).toHaveLength(1);
});

test('while somebody is unavailable nothing is set aside and nothing committed: the message comes again', async () => {
  const attempts: string[] = [];
  const { kafka } = await reading(failingOn('bad', new Unavailable('the registry is away'), attempts));
  await kafka.deliver();
  await kafka.deliver();
  expect(attempts).toEqual(['bad', 'bad']);
  expect(kafka.committed(subscription)).toBe(0);
  expect(kafka.messages('dead')).toEqual([]);
});

test('a message is not committed before its dead letter is acknowledged', async () => {
  const { kafka } = await reading(failingOn('bad', new PoisonMessage('not a rating'), []));
  kafka.setDown(true);
  await kafka.deliver();
  expect(kafka.committed(subscription)).toBe(0);
  kafka.setDown(false);
  await kafka.deliver();
  expect(kafka.committed(subscription)).toBe(2);
});

test.each([
  ['a value', { value: Buffer.alloc(999_900, 'b') }],
  ['headers', { value: Buffer.from('b'), headers: { h: 'h'.repeat(999_900) } }],
])('%s that leave no room for the reason do not block what comes after', async (_, large) => {
  const kafka = memoryKafka();
  const refuse: Handler = () => Promise.reject(new PoisonMessage('not a rating'));
  kafka.subscribe(subscription, withDeadLetters(testService(), kafka, 'dead', refuse));
  await kafka.publish('messages', [{ key: '', ...large }]);
  await kafka.publish('messages', [{ value: Buffer.from('next') }]);
  await kafka.deliver();
  expect(kafka.committed(subscription)).toBe(2);
  const [cut, next] = kafka.messages('dead');
  expect(cut?.value).toEqual(large.value.subarray(0, 8_192));
  expect(cut?.headers).toEqual({
    'dead-letter-topic': 'messages',
    'dead-letter-partition': '0',
    'dead-letter-offset': '0',
    'dead-letter-reason': 'not a rating',
    'dead-letter-bytes': String(large.value.length),
  });
  expect(String(next?.value)).toBe('next');
});

test('a key that is no text is set aside as it was', async () => {
  const kafka = memoryKafka();
  const handle = failingOn('bad', new PoisonMessage('not a rating'), []);
  kafka.subscribe(subscription, withDeadLetters(testService(), kafka, 'dead', handle));
  const key = Buffer.from([0xff, 0xfe]);
  await kafka.publish('messages', [{ key, value: Buffer.from('bad') }]);
  await kafka.deliver();
  expect(kafka.messages('dead')).toMatchObject([{ key }]);
});
