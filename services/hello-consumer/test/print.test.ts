import { expect, test } from '@jest/globals';
import { memoryNats, testService } from '@fluxwright/runtime/testing';
import { print } from '../src/print';

async function printed(data: Buffer): Promise<unknown> {
  const service = testService();
  const nats = memoryNats();
  nats.subscribe('messages', print(service));
  await nats.publish('messages', data);
  return service.lines[0];
}

test('it prints what it hears', async () => {
  expect(await printed(Buffer.from('Hello World, from 10.0.0.7'))).toMatchObject({
    subject: 'messages',
    message: 'Hello World, from 10.0.0.7',
    msg: 'heard',
  });
});

test('nothing is a message too', async () => {
  expect(await printed(Buffer.alloc(0))).toMatchObject({ message: '' });
});

test('bytes that are not text are printed as base64', async () => {
  const line = await printed(Buffer.from([0xff, 0xfe]));
  expect(line).toMatchObject({ base64: '//4=' });
  expect(line).not.toHaveProperty('message');
});

test('of a megabyte it prints the beginning', async () => {
  expect(await printed(Buffer.alloc(1_048_576, 'a'))).toMatchObject({
    message: expect.stringMatching(/^a{8192}… and 1040384 characters more$/),
  });
});
