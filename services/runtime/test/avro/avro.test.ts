import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { z } from 'zod';
import { decoder, encoder, type Format } from '../../src/avro';
import { PoisonMessage, Unavailable } from '../../src/errors';
import { memoryRegistry, testService, until, type MemoryRegistry } from '../../src/testing';

const SCHEMA_REGISTRY_URL = 'http://registry:8080/apis/ccompat/v7/';

interface Greeting {
  readonly text: string;
  readonly to?: string | undefined;
}

const check = z.object({ text: z.string(), to: z.string().optional() });
const text = { name: 'text', type: 'string' } as const;

function format(...more: { name: string; type: 'string'; default?: string }[]): Format<Greeting> {
  return {
    topic: 'greetings',
    schema: { type: 'record', name: 'Greeting', fields: [text, ...more] },
    check,
    toPlain: (greeting) => JSON.stringify(greeting),
    fromPlain: (plain) => JSON.parse(plain) as unknown,
  };
}

let registry: MemoryRegistry;
beforeEach(() => {
  registry = memoryRegistry();
  const inRoot: typeof fetch = (input, init) =>
    registry.fetch(typeof input === 'string' ? input.replace('/apis/ccompat/v7', '') : input, init);
  jest.spyOn(globalThis, 'fetch').mockImplementation(inRoot);
});
afterEach(() => void jest.restoreAllMocks());

async function registered(form = format(), service = testService()) {
  const encode = encoder(service, { SCHEMA_REGISTRY_URL }, form);
  const told = () => Object.values(service.readiness.report().waitingFor).join();
  await until(() => !told().includes('registering'));
  return { service, encode };
}

test('without a registry messages have their plain form, and there is nothing to wait for', async () => {
  const service = testService();
  const bytes = encoder(service, {}, format())({ text: 'hello' });
  expect(String(bytes)).toBe('{"text":"hello"}');
  expect(service.readiness.report().ready).toBe(true);
  expect(await decoder({}, format())(bytes)).toEqual({ text: 'hello' });
});

test('with a registry a message is a zero, the id of its schema, and Avro', async () => {
  const { encode } = await registered();
  expect([...encode({ text: 'hi' })]).toEqual([0, 0, 0, 0, 1, 4, 104, 105]);
  expect(JSON.parse(registry.schemas[0] ?? '')).toMatchObject({
    type: 'record',
    name: 'Greeting',
    fields: [text],
  });
  expect(await decoder({ SCHEMA_REGISTRY_URL }, format())(encode({ text: 'hi' }))).toEqual({ text: 'hi' });
});

test('it is ready, and encodes, only after the schema is registered', async () => {
  registry.setDown(true);
  const { service, encode } = await registered();
  expect(() => encode({ text: 'hi' })).toThrow(Unavailable);
  expect(service.readiness.report().waitingFor['schema registry']).toContain('connect ECONNREFUSED');
  registry.setDown(false);
  await until(() => service.readiness.report().ready);
  expect(encode({ text: 'hi' })[0]).toBe(0);
  await service.stop();
});

const put = (path: string, body: object) =>
  registry.fetch(`http://registry${path}`, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });

test('a schema that the registry refuses ends the program, though it could read what is in the topic', async () => {
  await put('/config/greetings-value', { compatibility: 'FULL' });
  await registered(format({ name: 'to', type: 'string' }));
  const { service } = await registered(format());
  await service.stop();
  expect(service.exitCode()).toBe(1);
  const log = service.lines.map(({ msg }) => String(msg)).join('\n');
  expect(log).toContain(
    'cannot go on: the registry refuses the schema of greetings-value: {"error_code":409,',
  );
  expect(registry.schemas).toHaveLength(1);
});

test('a schema that could not read what is in the topic is refused even where the registry takes anything', async () => {
  await registered();
  const { service } = await registered(format({ name: 'to', type: 'string' }));
  await service.stop();
  expect(service.exitCode()).toBe(1);
  expect(registry.schemas).toHaveLength(1);
});

test('a newer schema reads older messages, with its defaults, and an older one reads newer messages', async () => {
  const newer = format({ name: 'to', type: 'string', default: 'World' });
  const { encode: encodeOld } = await registered();
  const { encode: encodeNew, service } = await registered(newer);
  expect(service.exitCode()).toBeUndefined();
  expect(await decoder({ SCHEMA_REGISTRY_URL }, newer)(encodeOld({ text: 'hi' }))).toEqual({
    text: 'hi',
    to: 'World',
  });
  expect(await decoder({ SCHEMA_REGISTRY_URL }, format())(encodeNew({ text: 'hi', to: 'you' }))).toEqual({
    text: 'hi',
  });
});

test('a topic may change over: plain messages are read where Avro is expected', async () => {
  expect(await decoder({ SCHEMA_REGISTRY_URL }, format())(Buffer.from('{"text":"hi"}'))).toEqual({
    text: 'hi',
  });
});

test('a schema is fetched once', async () => {
  const { encode } = await registered();
  const decode = decoder({ SCHEMA_REGISTRY_URL }, format());
  const before = jest.mocked(fetch).mock.calls.length;
  await decode(encode({ text: 'one' }));
  await decode(encode({ text: 'two' }));
  expect(jest.mocked(fetch).mock.calls.length - before).toBe(1);
});

test.each([
  ['no value', null, 'without a value'],
  ['a header cut short', Buffer.from([0, 0, 0]), 'cut short'],
  [
    'a schema that nobody registered',
    Buffer.from([0, 0, 0, 0, 99, 4, 104, 105]),
    'nobody registered the schema 99',
  ],
  ['a body cut short', Buffer.from([0, 0, 0, 0, 1, 40, 104]), 'malformed Avro'],
  ['bytes left over', Buffer.from([0, 0, 0, 0, 1, 4, 104, 105, 1, 2]), 'malformed Avro'],
  ['a length below zero', Buffer.from([0, 0, 0, 0, 1, 3]), 'malformed Avro'],
  ['text that is not UTF-8', Buffer.from([0xff, 0xfe]), 'not UTF-8'],
  ['text of another form', Buffer.from('hello'), 'not a message of greetings'],
  ['an empty text', Buffer.alloc(0), 'not a message of greetings'],
  ['a value of another form', Buffer.from('{"text":1}'), 'text Invalid input'],
])('%s is poison', async (_, bytes, reason) => {
  await registered();
  const decoding = decoder({ SCHEMA_REGISTRY_URL }, format())(bytes);
  await expect(decoding).rejects.toThrow(PoisonMessage);
  await expect(decoding).rejects.toThrow(reason);
});

test('Avro is poison where there is no registry to ask', async () => {
  await expect(decoder({}, format())(Buffer.from([0, 0, 0, 0, 1, 4, 104, 105]))).rejects.toThrow(
    PoisonMessage,
  );
});

test('a message is not poison because the registry is away', async () => {
  const { encode } = await registered();
  registry.setDown(true);
  await expect(decoder({ SCHEMA_REGISTRY_URL }, format())(encode({ text: 'hi' }))).rejects.toThrow(
    Unavailable,
  );
});

test('an answer in another form is no answer', async () => {
  const { encode } = await registered();
  jest.mocked(fetch).mockResolvedValue(new Response('<html>', { headers: { 'content-type': 'text/html' } }));
  await expect(decoder({ SCHEMA_REGISTRY_URL }, format())(encode({ text: 'hi' }))).rejects.toThrow(
    Unavailable,
  );
});
