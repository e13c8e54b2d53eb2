import { getMaxListeners } from 'node:events';
import { expect, test } from '@jest/globals';
import { Hono } from 'hono';
import { createListeners } from '../../src/listeners';
import { streamLive } from '../../src/page';
import { testService, until } from '../../src/testing';

function counting() {
  const service = testService();
  const listeners = createListeners();
  let count = 0;
  let watching = 0;
  const onChange = (listener: () => void): (() => void) => {
    watching++;
    const forget = listeners.add(listener);
    return () => {
      watching--;
      forget();
    };
  };
  const app = new Hono();
  app.get('/events', (c) => streamLive(c, service, { current: () => ({ count }), onChange }));
  const add = (): void => {
    count++;
    listeners.tell();
  };
  return { service, app, add, watching: () => watching };
}

async function eventsOf(response: Response) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error('no body');
  return {
    next: async () => (await reader.read()).value,
    cancel: () => reader.cancel(),
    closed: () => reader.read().then(({ done }) => done),
  };
}

test('a browser gets the state at once, and again after a change; many changes in one go are one event', async () => {
  const { app, add, service } = counting();
  const response = await app.request('/events');
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const events = await eventsOf(response);
  expect(await events.next()).toBe('data: {"count":0}\n\n');
  for (let times = 0; times < 20; times++) add();
  expect(await events.next()).toBe('data: {"count":20}\n\n');
  await service.stop();
});

test('a stop ends the stream, so that it does not hold up the server', async () => {
  const { app, service, watching } = counting();
  const events = await eventsOf(await app.request('/events'));
  await events.next();
  await service.stop();
  expect(await events.closed()).toBe(true);
  expect(watching()).toBe(0);
});

test('a browser that goes is forgotten', async () => {
  const { app, watching } = counting();
  const events = await eventsOf(await app.request('/events'));
  await events.next();
  expect(watching()).toBe(1);
  await events.cancel();
  await until(() => watching() === 0);
});

test('who asks for the headers alone gets them, and is not waited for', async () => {
  const { app, watching } = counting();
  const response = await app.request('/events', { method: 'HEAD' });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  expect(watching()).toBe(0);
});

test('however many pages are open, Node sees no leak in that', () => {
  expect(getMaxListeners(testService().stopping)).toBe(Infinity);
});
