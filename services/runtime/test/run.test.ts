import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { run, type Host } from '../src/run';
import type { Service } from '../src/service';
import { commonSettings } from '../src/settings';
import { SpanKind, traced } from '../src/tracing';

const settings = z.object({ ...commonSettings, TOPIC: z.string().describe('the topic to read') });
const quiet = { LOG_LEVEL: 'silent', STOP_GRACE_SECONDS: '1', TOPIC: 'messages' };

function fakeHost(env: Record<string, string>) {
  const listeners = new Map<string, (reason: unknown) => void>();
  const errors: string[] = [];
  const exited = new Promise<number>((resolve) => {
    listeners.set('exit', (code) => resolve(code as number));
  });
  const host: Host = {
    env,
    exit: (code) => listeners.get('exit')?.(code),
    error: (text) => void errors.push(text),
    on: (event, listener) => void listeners.set(event, listener),
  };
  return { host, exited, errors, emit: (event: string, reason?: unknown) => listeners.get(event)?.(reason) };
}

test('wrong settings end the program before it starts, with a text that says which', async () => {
  const { host, exited, errors } = fakeHost({});
  let started = false;
  await run({ name: 'worker', version: '1.2.3', settings, start: () => void (started = true) }, host);
  expect(await exited).toBe(1);
  expect(started).toBe(false);
  expect(errors.join('')).toMatch(
    /^worker 1\.2\.3 cannot start\. .*\n {2}TOPIC is missing: the topic to read\n$/,
  );
});

test.each(['SIGTERM', 'SIGINT'])('%s stops it cleanly', async (signal) => {
  const { host, exited, emit } = fakeHost(quiet);
  let stopped = false;
  const start = (service: Service): void => service.onStop('work', () => void (stopped = true));
  await run({ name: 'worker', version: '1.2.3', settings, start }, host);
  emit(signal);
  expect(await exited).toBe(0);
  expect(stopped).toBe(true);
});

test('a start that fails ends it with exit code 1, after what was started has stopped', async () => {
  const { host, exited } = fakeHost(quiet);
  let stopped = false;
  const start = (service: Service): never => {
    service.onStop('connection', () => void (stopped = true));
    throw new Error('port in use');
  };
  await run({ name: 'worker', version: '1.2.3', settings, start }, host);
  expect(await exited).toBe(1);
  expect(stopped).toBe(true);
});

test.each(['uncaughtException', 'unhandledRejection'])('an %s ends it with exit code 1', async (event) => {
  const { host, exited, emit } = fakeHost(quiet);
  await run({ name: 'worker', version: '1.2.3', settings, start: () => undefined }, host);
  emit(event, new Error('nobody expected this'));
  expect(await exited).toBe(1);
});

test('the program gets its settings, checked', async () => {
  const { host, exited, emit } = fakeHost(quiet);
  let topic = '';
  await run(
    { name: 'worker', version: '1.2.3', settings, start: (_, given) => void (topic = given.TOPIC) },
    host,
  );
  emit('SIGTERM');
  await exited;
  expect(topic).toBe('messages');
});

test('whether somebody collects its spans says nothing of how a program ended', async () => {
  const { host, exited, emit } = fakeHost({ ...quiet, OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' });
  const start = () => traced('work', { kind: SpanKind.INTERNAL }, async () => undefined);
  await run({ name: 'worker', version: '1.2.3', settings, start }, host);
  emit('SIGTERM');
  expect(await exited).toBe(0);
});
