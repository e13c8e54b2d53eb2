import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { InMemorySpanExporter, SimpleSpanProcessor, type ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { currentTrace, record, SpanKind, startTracing, traced, withTrace } from '../src/tracing';

let exporter: InMemorySpanExporter;
let stop: () => Promise<void>;

beforeEach(() => {
  exporter = new InMemorySpanExporter();
  startTracing('test', '1.2.3', {});
  stop = record('test', '1.2.3', new SimpleSpanProcessor(exporter));
});
afterEach(() => stop());

function span(name: string): ReadableSpan {
  const found = exporter.getFinishedSpans().find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no span ${name}`);
  return found;
}

test('the headers of one hop make the next hop a child of it', async () => {
  let headers = {};
  await traced(
    'send',
    { kind: SpanKind.PRODUCER },
    async () => void (headers = withTrace({ own: 'header' })),
  );
  await traced('receive', { kind: SpanKind.CONSUMER, parent: headers }, async () => undefined);

  expect(headers).toMatchObject({
    own: 'header',
    traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
  });
  expect(span('receive').spanContext().traceId).toBe(span('send').spanContext().traceId);
  expect(span('receive').parentSpanContext?.spanId).toBe(span('send').spanContext().spanId);
});

test('an error is noted on the span and thrown on', async () => {
  const work = traced('break', { kind: SpanKind.INTERNAL }, () => Promise.reject(new Error('broken')));
  await expect(work).rejects.toThrow('broken');
  expect(span('break').status).toEqual({ code: 2, message: 'broken' });
});

test('inside a span the log can name it, outside there is nothing to name', async () => {
  expect(currentTrace()).toEqual({});
  await traced('work', { kind: SpanKind.INTERNAL }, async () => {
    expect(currentTrace()).toEqual({
      trace_id: expect.stringMatching(/^[0-9a-f]{32}$/),
      span_id: expect.any(String),
    });
  });
});

test('without a collector nothing is recorded, but a trace that arrives is handed on', async () => {
  await stop();
  const end = startTracing('test', '1.2.3', {});
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  let handedOn = {};
  await traced(
    'hop',
    { kind: SpanKind.SERVER, parent: { traceparent } },
    async () => void (handedOn = withTrace()),
  );
  expect(handedOn).toEqual({ traceparent });
  await traced('first hop', { kind: SpanKind.SERVER }, async () => expect(withTrace()).toEqual({}));
  await end();
});
