import { expect, test } from '@jest/globals';
import { memoryNats, testService, until } from '@fluxwright/runtime/testing';
import { sayHello } from '../src/hello';

const greeting = { subject: 'messages', from: '10.0.0.7', everySeconds: 0.01 };
const aWhile = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 30));

test('it says hello again and again until it stops', async () => {
  const service = testService();
  const nats = memoryNats();
  const heard: string[] = [];
  nats.subscribe('messages', async ({ data }) => void heard.push(String(data)));
  const saying = sayHello(service, nats, greeting);
  await until(() => heard.length > 1);
  await service.stop();
  await saying;
  const count = heard.length;
  expect(new Set(heard)).toEqual(new Set(['Hello World, from 10.0.0.7']));
  await aWhile();
  expect(heard).toHaveLength(count);
});

test('while NATS is away it says nothing, and goes on when it is back', async () => {
  const service = testService();
  const nats = memoryNats();
  const heard: string[] = [];
  nats.subscribe('messages', async ({ data }) => void heard.push(String(data)));
  nats.setDown(true);
  const saying = sayHello(service, nats, greeting);
  await until(() => service.lines.length > 1);
  expect(heard).toEqual([]);
  expect(service.lines[0]?.['msg']).toBe('not said: NATS does not take messages now.');
  nats.setDown(false);
  await until(() => heard.length > 0);
  await service.stop();
  await saying;
});

test('a stop does not wait for the next hello', async () => {
  const service = testService();
  const saying = sayHello(service, memoryNats(), { ...greeting, everySeconds: 3_600 });
  await service.stop();
  await expect(saying).resolves.toBeUndefined();
});
