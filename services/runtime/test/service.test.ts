import { expect, test } from '@jest/globals';
import { whenReady } from '../src/service';
import { testService } from '../src/testing';

test('what was added last stops first, one step after the other', async () => {
  const service = testService();
  const order: string[] = [];
  service.onStop('connection', () => void order.push('connection'));
  service.onStop('server', async () => {
    await Promise.resolve();
    order.push('server');
  });
  await service.stop();
  expect(order).toEqual(['server', 'connection']);
  expect(service.exitCode()).toBe(0);
});

test('it is no longer ready, and its signal is aborted, before the first step runs', async () => {
  const service = testService();
  let seen: unknown;
  service.onStop('server', () => void (seen = [service.readiness.report().ready, service.stopping.aborted]));
  await service.stop();
  expect(seen).toEqual([false, true]);
});

test('a step that fails does not keep the others from running, but shows in the exit code', async () => {
  const service = testService();
  const order: string[] = [];
  service.onStop('connection', () => void order.push('connection'));
  service.onStop('server', () => Promise.reject(new Error('stuck')));
  await service.stop();
  expect(order).toEqual(['connection']);
  expect(service.exitCode()).toBe(1);
  expect(service.lines.map(({ msg }) => msg)).toContain('stopping server failed: stuck');
});

test('a step that hangs costs no more than the grace', async () => {
  const service = testService('test', { STOP_GRACE_SECONDS: 0.2 });
  const order: string[] = [];
  service.onStop('traces', () => void order.push('traces'));
  service.onStop('reading', () => new Promise(() => undefined));
  await service.stop();
  expect(order).toEqual(['traces']);
  expect(service.exitCode()).toBe(1);
});

test('stopping twice stops once', async () => {
  const service = testService();
  let times = 0;
  service.onStop('server', () => void times++);
  await Promise.all([service.stop(), service.stop()]);
  expect(times).toBe(1);
});

test('what cannot be repaired is logged and ends the program with exit code 1, after all steps', async () => {
  const service = testService();
  let left = false;
  service.onStop('group', () => void (left = true));
  service.fail(new Error('access was taken away'));
  await service.stop();
  expect([left, service.exitCode()]).toEqual([true, 1]);
  expect(service.lines[0]).toMatchObject({ level: 60, msg: 'cannot go on: access was taken away' });
});

test('whoever waits for readiness goes on when it is there, or when the stop begins', async () => {
  const service = testService();
  const need = service.readiness.need('kafka', 'connecting');
  const ready = whenReady(service);
  need.met();
  await ready;

  need.unmet('gone');
  const stopped = whenReady(service);
  await service.stop();
  await expect(stopped).resolves.toBeUndefined();
});
