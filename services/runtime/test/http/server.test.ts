import { connect } from 'node:net';
import { expect, jest, test } from '@jest/globals';
import { z } from 'zod';
import { httpApp, httpSettings, listen } from '../../src/http';
import { testService } from '../../src/testing';

function gate() {
  const signal = new AbortController();
  const opened = new Promise<void>((resolve) => signal.signal.addEventListener('abort', () => resolve()));
  return { opened, open: () => signal.abort() };
}

const anyPort = { PORT: 0, DRAIN_SECONDS: 0 };

test('requests that run are finished before the stop is, and new ones are refused', async () => {
  const service = testService();
  const app = httpApp(service);
  const inHandler = gate();
  const mayFinish = gate();
  app.get('/slow', async (c) => {
    inHandler.open();
    await mayFinish.opened;
    return c.text('finished');
  });
  const port = await listen(service, app, anyPort);
  const answer = fetch(`http://127.0.0.1:${port}/slow`);
  await inHandler.opened;
  const stopped = service.stop();
  setTimeout(mayFinish.open, 50);
  expect(await (await answer).text()).toBe('finished');
  await stopped;
  expect(service.exitCode()).toBe(0);
  await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow('fetch failed');
});

test('who never sends all of a request does not hold up the stop', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date'] });
  try {
    const service = testService();
    const port = await listen(service, httpApp(service), anyPort);
    const client = connect(port, '127.0.0.1');
    const cut = new Promise((resolve) => client.once('close', resolve));
    client.on('error', () => undefined);
    await new Promise<void>((sent) => client.write('POST / HTTP/1.1\r\nHost: x\r\n', () => sent()));
    const stopped = service.stop();
    while (service.exitCode() === undefined) await jest.advanceTimersByTimeAsync(100);
    await Promise.all([stopped, cut]);
    expect(service.exitCode()).toBe(0);
  } finally {
    jest.useRealTimers();
  }
});

test('an idle connection is left to whoever opened it, for longer than proxies keep one', async () => {
  const service = testService();
  const port = await listen(service, httpApp(service), anyPort);
  const { headers } = await fetch(`http://127.0.0.1:${port}/health`);
  expect(headers.get('keep-alive')).toBe('timeout=75');
  await service.stop();
});

test('a port in use is an error that says which, and what to do', async () => {
  const first = testService();
  const port = await listen(first, httpApp(first), anyPort);
  const second = testService();
  await expect(listen(second, httpApp(second), { ...anyPort, PORT: port })).rejects.toThrow(
    `cannot listen on port ${port}: somebody else listens there; set PORT to a free one`,
  );
  await first.stop();
});

test('it goes on serving for a while after the stop began', async () => {
  const service = testService();
  const port = await listen(service, httpApp(service), { PORT: 0, DRAIN_SECONDS: 2 });
  const stopped = service.stop();
  expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(503);
  await stopped;
  expect(service.exitCode()).toBe(0);
});

test('a port is a number that there is', () => {
  const settings = z.object(httpSettings(3000));
  expect(settings.parse({})).toEqual({ PORT: 3000, DRAIN_SECONDS: 2 });
  expect(settings.safeParse({ PORT: '65536' }).success).toBe(false);
  expect(settings.safeParse({ PORT: 'http' }).success).toBe(false);
});
