import { expect, test } from '@jest/globals';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { HTTPException } from 'hono/http-exception';
import { Unavailable } from '../../src/errors';
import { httpApp } from '../../src/http';
import { testService } from '../../src/testing';
import { record, SpanStatusCode } from '../../src/tracing';

test('it is alive as soon as it answers, whatever it waits for', async () => {
  const service = testService();
  service.readiness.need('kafka', 'connecting');
  const response = await httpApp(service).request('/health');
  expect([response.status, await response.text()]).toEqual([200, 'Alive!']);
});

test('it is ready only once it can do its job, and says what it waits for until then', async () => {
  const service = testService();
  const kafka = service.readiness.need('kafka', 'connecting');
  const app = httpApp(service);
  const waiting = await app.request('/ready');
  expect([waiting.status, await waiting.json()]).toEqual([
    503,
    { ready: false, waitingFor: { kafka: 'connecting' } },
  ]);
  kafka.met();
  expect((await app.request('/ready')).status).toBe(200);
});

test('metrics tell requests apart by route, not by path', async () => {
  const service = testService();
  const app = httpApp(service);
  app.get('/users/:id', (c) => c.text('somebody'));
  await app.request('/users/1');
  await app.request('/users/2');
  await app.request('/nowhere');
  const metrics = await (await app.request('/metrics')).text();
  expect(metrics).toMatch(
    /http_server_request_duration_seconds_count\{.*method="GET",route="\/users\/:id",status="200"\} 2/,
  );
  expect(metrics).toMatch(/route="none",status="404"\} 1/);
  expect(metrics).not.toContain('/nowhere');
});

test('what nobody serves is not found', async () => {
  const response = await httpApp(testService()).request('/nowhere');
  expect([response.status, await response.text()]).toEqual([404, 'Not found']);
});

test('somebody unavailable is a 503 that says so and when to come back', async () => {
  const app = httpApp(testService());
  app.get('/', () => {
    throw new Unavailable('Kafka does not take messages now.');
  });
  const response = await app.request('/');
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await response.json()).toEqual({ error: 'Kafka does not take messages now.' });
});

test('an answer that a route throws is given as it is', async () => {
  const app = httpApp(testService());
  app.get('/', () => {
    throw new HTTPException(418, { message: 'a teapot' });
  });
  expect((await app.request('/')).status).toBe(418);
});

test('an unforeseen error is logged in full, but not told to strangers', async () => {
  const service = testService();
  const app = httpApp(service);
  app.get('/', () => {
    throw new Error('password is hunter2');
  });
  const response = await app.request('/');
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('hunter2');
  expect(service.lines.map(({ msg }) => msg)).toContain('GET / failed: password is hunter2');
});

test('while it stops it asks clients to connect to somebody else', async () => {
  const service = testService();
  const app = httpApp(service);
  app.get('/', (c) => c.text('hello'));
  expect((await app.request('/')).headers.get('connection')).toBeNull();
  void service.stop();
  expect((await app.request('/')).headers.get('connection')).toBe('close');
});

test('a request that fails fails in its trace as well', async () => {
  const exporter = new InMemorySpanExporter();
  const end = record('test', '1.2.3', new SimpleSpanProcessor(exporter));
  const app = httpApp(testService());
  app.get('/away', () => {
    throw new Unavailable('Kafka does not take messages now.');
  });
  await app.request('/away');
  await app.request('/nowhere');
  const { ERROR, UNSET } = SpanStatusCode;
  expect(exporter.getFinishedSpans().map(({ status }) => status)).toEqual([
    { code: ERROR, message: 'Kafka does not take messages now.' },
    { code: UNSET },
  ]);
  await end();
});
