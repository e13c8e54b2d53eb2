import { expect, test } from '@jest/globals';
import { decoder } from '@fluxwright/runtime/avro';
import { withDeadLetters } from '@fluxwright/runtime/kafka';
import { memoryKafka, testService } from '@fluxwright/runtime/testing';
import { messageFormat } from '@fluxwright/api/message';
import { print } from '../src/print';

const subscription = { topic: 'messages', group: 'worker' };

async function printed(...values: Buffer[]) {
  const service = testService();
  const kafka = memoryKafka();
  const handle = print(service, decoder({}, messageFormat('messages')));
  kafka.subscribe(subscription, withDeadLetters(service, kafka, 'dead', handle));
  await kafka.publish(
    'messages',
    values.map((value) => ({ value })),
  );
  await kafka.deliver();
  return { kafka, lines: service.lines.filter(({ msg }) => msg === 'message') };
}

test('it prints where a message was and what it says, and commits after that', async () => {
  const { kafka, lines } = await printed(Buffer.from('hello'), Buffer.from(''));
  expect(lines).toMatchObject([
    { topic: 'messages', partition: 0, offset: '0', message: 'hello' },
    { topic: 'messages', partition: 0, offset: '1', message: '' },
  ]);
  expect(kafka.committed(subscription)).toBe(2);
});

test('of a megabyte it prints the beginning', async () => {
  const { lines } = await printed(Buffer.alloc(999_000, 'a'));
  expect(lines[0]?.['message']).toMatch(/^a{8192}… and 990808 characters more$/);
});

test('what is not text is set aside, byte for byte, and the next message is printed', async () => {
  const { kafka, lines } = await printed(Buffer.from([0xff, 0xfe]), Buffer.from('next'));
  expect(lines).toMatchObject([{ offset: '1', message: 'next' }]);
  expect(kafka.messages('dead')).toMatchObject([{ value: Buffer.from([0xff, 0xfe]) }]);
});
