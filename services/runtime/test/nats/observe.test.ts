import { expect, test } from '@jest/globals';
import { observed, type NatsHandler } from '../../src/nats';
import { memoryNats, testService } from '../../src/testing';
import { SpanKind, startTracing, traced, withTrace } from '../../src/tracing';

test('a trace crosses the subject in the headers, and both ends are counted', async () => {
  const end = startTracing('test', '1.2.3', {});
  const service = testService();
  const nats = observed(service, memoryNats());
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  let arrived = {};
  nats.subscribe('messages', async () => void (arrived = withTrace()));
  await traced('request', { kind: SpanKind.SERVER, parent: { traceparent } }, () =>
    nats.publish('messages', Buffer.from('hello')),
  );
  expect(arrived).toEqual({ traceparent });
  const metrics = await service.metrics.metrics();
  expect(metrics).toMatch(/nats_messages_published_total\{topic="messages",outcome="ok",.*\} 1/);
  expect(metrics).toMatch(/nats_messages_handled_total\{topic="messages",outcome="ok",.*\} 1/);
  await end();
});

test('what is heard is counted by what was subscribed to: subjects have no end', async () => {
  const service = testService();
  let hear: NatsHandler = async () => undefined;
  const nats = observed(service, { ...memoryNats(), subscribe: (_, handle) => void (hear = handle) });
  nats.subscribe('messages.>', async () => undefined);
  for (const name of ['a', 'b', 'c'])
    await hear({ subject: `messages.${name}`, data: Buffer.alloc(0), headers: {} });
  const metrics = await service.metrics.metrics();
  expect(metrics).toMatch(/nats_messages_handled_total\{topic="messages.>",outcome="ok",.*\} 3/);
  expect(metrics).not.toContain('messages.a');
});
