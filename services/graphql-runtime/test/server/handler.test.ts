import { Unavailable } from '@fluxwright/runtime';
import { expect, test } from '@jest/globals';
import { createSchema, publicLimits, Refusal } from '../../src';
import { localEndpoint } from '../../src/testing';

const failures: Record<string, Error> = {
  refused: new Refusal('OUT_OF_STOCK', 'only 2 are left'),
  away: new Unavailable('the database cannot be reached'),
  broken: new Error('password is hunter2'),
};

const schema = createSchema({
  typeDefs: 'type Query { hello: String!, fail(how: String!): String, nested: Query }',
  resolvers: {
    Query: {
      hello: () => 'world',
      nested: () => ({}),
      fail: (_: unknown, { how }: { how: string }) => {
        throw failures[how] ?? new Error('unknown');
      },
    },
  },
});

const ask = async (
  body: BodyInit | null,
  headers: Record<string, string> = { 'content-type': 'application/json' },
  method = 'POST',
) => {
  const { handle, faults } = localEndpoint({ schema }, publicLimits);
  const response = await handle(new Request('http://shop/graphql', { method, headers, body }));
  return { status: response.status, body: (await response.json()) as Record<string, unknown>, faults };
};

const query = (text: string) => ask(JSON.stringify({ query: text }));

test('a query is answered', async () => {
  expect(await query('{ hello }')).toMatchObject({ status: 200, body: { data: { hello: 'world' } } });
});

test('a refusal is told in full', async () => {
  const { body } = await query('{ fail(how: "refused") }');
  expect(body['errors']).toMatchObject([
    { message: 'only 2 are left', path: ['fail'], extensions: { code: 'OUT_OF_STOCK' } },
  ]);
});

test('what may work later is told as such', async () => {
  const { body } = await query('{ fail(how: "away") }');
  expect(body['errors']).toMatchObject([
    { message: 'the database cannot be reached', extensions: { code: 'UNAVAILABLE' } },
  ]);
});

test('a fault of our own is logged and not told', async () => {
  const { body, faults } = await query('{ fail(how: "broken") }');
  expect(body['errors']).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
  expect(JSON.stringify(body)).not.toContain('hunter2');
  expect(faults).toEqual([{ err: failures['broken'] }]);
});

test.each([
  ['a form', 'query={hello}', 'application/x-www-form-urlencoded'],
  ['plain text', '{"query":"{hello}"}', 'text/plain'],
  ['several parts', 'x', 'multipart/form-data; boundary=x'],
])('%s is refused: only JSON is a question', async (_, body, type) => {
  expect(await ask(body, { 'content-type': type })).toMatchObject({ status: 415 });
});

test('a GET is refused', async () => {
  expect(await ask(null, {}, 'GET')).toMatchObject({ status: 405 });
});

test('JSON that is none is refused', async () => {
  expect(await ask('{bad')).toMatchObject({ status: 400 });
  expect(await ask(new Uint8Array([0xff, 0xfe]))).toMatchObject({ status: 400 });
  expect(await ask('[{"query":"{hello}"}]')).toMatchObject({ status: 400 });
});

test('a body that is too large is refused', async () => {
  expect(await query(`{ hello } # ${'x'.repeat(publicLimits.bodyBytes)}`)).toMatchObject({ status: 413 });
});

test('a query that is nested ten thousand deep ends in the parser', async () => {
  const { body } = await query(`${'{nested'.repeat(10_000)}{hello}${'}'.repeat(10_000)}`);
  expect(JSON.stringify(body)).toContain('Parsing aborted');
});

test('a query that is too deep is not executed', async () => {
  const { status, body } = await query(`${'{nested'.repeat(9)}{hello}${'}'.repeat(9)}`);
  expect(status).toBe(400);
  expect(body['data']).toBeUndefined();
  expect(body['errors']).toMatchObject([{ extensions: { code: 'TOO_DEEP' } }]);
});
