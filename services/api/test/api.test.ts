import { expect, test } from '@jest/globals';
import { Unavailable } from '@fluxwright/runtime';
import { decoder, encoder, type Encode } from '@fluxwright/runtime/avro';
import { memoryKafka, testService } from '@fluxwright/runtime/testing';
import { api } from '../src/api';
import { messageFormat, type Message } from '../src/message';

function started(encode: Encode<Message> = encoder(testService(), {}, messageFormat('messages'))) {
  const kafka = memoryKafka();
  const app = api(testService(), { kafka, topic: 'messages', encode });
  const published = (): string[] => kafka.messages('messages').map(({ value }) => String(value));
  return {
    kafka,
    published,
    publish: (path: string, init?: RequestInit) => app.request(path, { method: 'POST', ...init }),
    app,
  };
}

async function answerOf(response: Response | Promise<Response>): Promise<[number, string]> {
  const { status, body } = await response;
  return [status, body ? await new Response(body).text() : ''];
}

test('a message is published, and answered once the broker has it', async () => {
  const { publish, published } = started();
  expect(await answerOf(publish('/api/publish/hello'))).toEqual([201, 'Alrighty then!']);
  expect(published()).toEqual(['hello']);
});

test.each([
  ['%20', ' '],
  ['a%2Fb%3Fc', 'a/b?c'],
  ['%F0%9F%8E%89%20w%C3%B6rld', '🎉 wörld'],
  ['a%00b', 'a\0b'],
  ['a?b=c#d', 'a'],
])('%j is published as %j', async (path, message) => {
  const { publish, published } = started();
  expect((await publish(`/api/publish/${path}`)).status).toBe(201);
  expect(published()).toEqual([message]);
});

test('while the broker is away the answer is 503 and says so, and nothing is published', async () => {
  const { kafka, publish, published } = started();
  kafka.setDown(true);
  const response = await publish('/api/publish/hello');
  expect(response.headers.get('retry-after')).toBe('1');
  expect(await answerOf(response)).toEqual([503, '{"error":"Kafka does not take messages now."}']);
  kafka.setDown(false);
  expect(await answerOf(publish('/api/publish/again'))).toEqual([201, 'Alrighty then!']);
  expect(published()).toEqual(['again']);
});

test('while the schema is not registered the answer is 503', async () => {
  const { publish, published } = started(() => {
    throw new Unavailable('The schema registry has not taken the schema yet.');
  });
  expect((await publish('/api/publish/hello')).status).toBe(503);
  expect(published()).toEqual([]);
});

test('a message that is not UTF-8 is refused rather than changed', async () => {
  const { publish, published } = started();
  expect((await publish('/api/publish/%FF%FE')).status).toBe(400);
  expect((await publish('/api/publish/100%')).status).toBe(400);
  expect(published()).toEqual([]);
});

test('a message that readers would take for Avro is refused', async () => {
  const { publish, published } = started();
  expect((await publish('/api/publish/%00abc')).status).toBe(400);
  expect((await publish('/api/publish/abc%00')).status).toBe(201);
  expect(published()).toEqual(['abc\0']);
});

test('a message of more than a megabyte is refused, and says why', async () => {
  const { publish, published } = started();
  const [status, body] = await answerOf(publish(`/api/publish/${'a'.repeat(1_048_577)}`));
  expect(status).toBe(413);
  expect(body).toContain('a message of 1048579 bytes is too large');
  expect(published()).toEqual([]);
});

test.each([
  ['application/json', '{"message":"hello"}'],
  ['text/plain', 'hello'],
])('a body (%s) is refused, as it would be ignored', async (type, body) => {
  const { publish, published } = started();
  const headers = { 'content-type': type, 'content-length': String(body.length) };
  expect((await publish('/api/publish/hello', { body, headers })).status).toBe(415);
  expect(published()).toEqual([]);
});

test('it is alive', async () => {
  expect(await answerOf(started().app.request('/health'))).toEqual([200, 'Alive!']);
});

test.each([
  ['POST', '/api/publish/'],
  ['POST', '/api/publish'],
  ['POST', '/api/publish/a/b'],
  ['GET', '/api/publish/hello'],
  ['PUT', '/api/publish/hello'],
  ['GET', '/'],
  ['POST', '/health'],
])('%s %s is not found', async (method, path) => {
  expect((await started().app.request(path, { method })).status).toBe(404);
});

test('what one program encodes the other decodes', async () => {
  const format = messageFormat('messages');
  const bytes = encoder(testService(), {}, format)({ text: '{"not": "json"}' });
  expect(await decoder({}, format)(bytes)).toEqual({ text: '{"not": "json"}' });
  expect(await decoder({}, format)(Buffer.alloc(0))).toEqual({ text: '' });
});
