import { expect, test } from '@jest/globals';
import { observed } from '../../src/kafka';
import { memoryKafka, testService } from '../../src/testing';
import { SpanKind, startTracing, traced, withTrace } from '../../src/tracing';

test('a trace crosses the topic in the headers of its messages', async () => {
  const end = startTracing('test', '1.2.3', {});
  const memory = memoryKafka();
  const kafka = observed(testService(), memory);
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  let arrived = {};
  kafka.subscribe({ topic: 'messages', group: 'worker' }, async () => void (arrived = withTrace()));
  await traced('request', { kind: SpanKind.SERVER, parent: { traceparent } }, () =>
    kafka.publish('messages', [{ value: Buffer.from('a'), headers: { own: '1' } }]),
  );
  await memory.deliver();
  expect(memory.messages('messages')[0]?.headers).toEqual({ own: '1', traceparent });
  expect(arrived).toEqual({ traceparent });
  await end();
});

test('what was published and handled is counted, by outcome', async () => {
  const memory = memoryKafka();
  const service = testService();
  const kafka = observed(service, memory);
  kafka.subscribe({ topic: 'messages', group: 'worker' }, async ({ offset }) => {
    if (offset === '1') throw new Error('no');
  });
  await kafka.publish('messages', [{ value: Buffer.from('a') }, { value: Buffer.from('b') }]);
  memory.setDown(true);
  await expect(kafka.publish('messages', [{ value: Buffer.from('c') }])).rejects.toThrow(
    'does not take messages',
  );
  await memory.deliver();

  const metrics = await service.metrics.metrics();
  expect(metrics).toMatch(/kafka_messages_published_total\{topic="messages",outcome="ok",.*\} 2/);
  expect(metrics).toMatch(/kafka_messages_published_total\{topic="messages",outcome="error",.*\} 1/);
  expect(metrics).toMatch(/kafka_messages_handled_total\{topic="messages",outcome="ok",.*\} 1/);
  expect(metrics).toMatch(/kafka_messages_handled_total\{topic="messages",outcome="error",.*\} 1/);
});
