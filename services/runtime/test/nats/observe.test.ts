import { expect, test } from '@jest/globals';
import { observed } from '../../src/nats';
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
