import { afterEach, expect, jest, test } from '@jest/globals';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { Unavailable } from '../../src/errors';
import { tracedFetch } from '../../src/http';
import { record, SpanKind, SpanStatusCode, startTracing, traced } from '../../src/tracing';

afterEach(() => void jest.restoreAllMocks());

test('the request carries the trace besides its own headers', async () => {
  const end = startTracing('test', '1.2.3', {});
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const fetched = jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('ok'));
  await traced('hop', { kind: SpanKind.SERVER, parent: { traceparent } }, () =>
    tracedFetch('http://registry:8080/subjects', { headers: { accept: 'application/json' } }),
  );
  expect(fetched.mock.calls[0]?.[1]?.headers).toEqual({ accept: 'application/json', traceparent });
  await end();
});

test('any answer is a result, though one that says no is an error in the trace', async () => {
  const exporter = new InMemorySpanExporter();
  const end = record('test', '1.2.3', new SimpleSpanProcessor(exporter));
  jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('no', { status: 500 }));
  expect((await tracedFetch('http://registry:8080/')).status).toBe(500);
  expect(exporter.getFinishedSpans()[0]?.status.code).toBe(SpanStatusCode.ERROR);
  await end();
});

test('no answer means unavailable, with the reason', async () => {
  const refused = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
  jest.spyOn(globalThis, 'fetch').mockRejectedValue(refused);
  const attempt = tracedFetch('http://registry:8080/subjects');
  await expect(attempt).rejects.toThrow(Unavailable);
  await expect(attempt).rejects.toThrow(
    'GET registry:8080/subjects was not answered: fetch failed: connect ECONNREFUSED',
  );
});
