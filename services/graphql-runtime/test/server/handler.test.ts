import { record, SpanStatusCode, Unavailable } from '@fluxwright/runtime';
import { expect, test } from '@jest/globals';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { createSchema, internalLimits, publicLimits, Refusal } from '../../src';
import { documents } from '../../src/server/documents';
import { localEndpoint } from '../../src/testing';

const failures: Record<string, Error> = {
  refused: new Refusal('OUT_OF_STOCK', 'only 2 are left'),
  away: new Unavailable('the database cannot be reached'),
  broken: new Error('password is hunter2'),
};

const schema = createSchema({
  typeDefs: `type Query {
    hello: String!, fail(how: String!): String, nested: Query, all(ids: [ID!]!): [Query!]!
  }`,
  resolvers: {
    Query: {
      hello: () => 'world',
      nested: () => ({}),
      all: (_: unknown, { ids }: { ids: string[] }) => ids.map(() => ({})),
      fail: (_: unknown, { how }: { how: string }) => {
        throw failures[how] ?? new Error('unknown');
      },
    },
  },
});

const ask = async (
  body: string | Uint8Array | null,
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

test.each([
  ['nothing', ''],
  ['null', 'null'],
  ['a number', '3'],
  ['no query', '{}'],
  ['a query that is no text', '{"query":3}'],
  ['variables that are none', '{"query":"{hello}","variables":[1]}'],
])('%s is no question', async (_, body) => {
  const { status, body: answer } = await ask(body);
  expect([status, answer]).toMatchObject([400, { errors: [{ extensions: { code: 'BAD_REQUEST' } }] }]);
});

test.each([
  ['without end', '{ hello', 'GRAPHQL_PARSE_FAILED'],
  ['of nothing', '', 'GRAPHQL_PARSE_FAILED'],
  ['for what is not there', '{ nobody }', 'GRAPHQL_VALIDATION_FAILED'],
  ['with a fragment in itself', '{ ...A } fragment A on Query { ...A }', 'GRAPHQL_VALIDATION_FAILED'],
  [
    'with fragments in each other',
    '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'for the schema, in circles',
    `{ __schema { types { ${'fields { type { '.repeat(9)} name ${'} } '.repeat(9)} } } }`,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['of two operations, of which none was chosen', 'query a { hello } query b { hello }', 'BAD_REQUEST'],
])('a query %s is refused, again and again', async (_, text, code) => {
  const { handle } = localEndpoint({ schema }, publicLimits);
  for (let time = 0; time < 2; time++) {
    const body = JSON.stringify({ query: text });
    const headers = { 'content-type': 'application/json' };
    const response = await handle(new Request('http://shop/graphql', { method: 'POST', headers, body }));
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { errors: [{ extensions: { code } }] },
    ]);
  }
});

test('variables choose what is executed, and are checked, each time anew', async () => {
  const { handle } = localEndpoint({ schema }, publicLimits);
  const text = 'query some($ids: [ID!]!) { all(ids: $ids) { hello } } query other { hello }';
  const asked = async (body: object) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const request = new Request('http://shop/graphql', {
      ...init,
      body: JSON.stringify({ query: text, ...body }),
    });
    const response = await handle(request);
    return [response.status, await response.json()];
  };
  const some = { operationName: 'some' };
  expect(await asked({ ...some, variables: { ids: ['a'] } })).toEqual([
    200,
    { data: { all: [{ hello: 'world' }] } },
  ]);
  expect(await asked({ operationName: 'other' })).toEqual([200, { data: { hello: 'world' } }]);
  expect(await asked({ operationName: 'nobody' })).toMatchObject([400, { errors: [{}] }]);
  expect(await asked(some)).toMatchObject([400, { errors: [{ message: expect.stringContaining('ids') }] }]);
  expect(await asked({ ...some, variables: { ids: 3.5 } })).toMatchObject([400, { errors: [{}] }]);
  const many = Array.from({ length: 12_000 }, () => 'a');
  expect(await asked({ ...some, variables: { ids: many } })).toMatchObject([
    400,
    { errors: [{ extensions: { code: 'TOO_COSTLY' } }] },
  ]);
});

test('only the queries asked last are known by heart, and none that is long', () => {
  const prepare = documents(schema, publicLimits.tokens);
  const first = prepare('{ hello }');
  expect(prepare('{ hello }')).toBe(first);
  for (let number = 0; number < 200; number++) prepare(`query q${number} { hello }`);
  expect(prepare('{ hello }')).not.toBe(first);
  const long = `{ hello } # ${'x'.repeat(10_000)}`;
  expect(prepare(long)).not.toBe(prepare(long));
});

test('a body that is too large is refused', async () => {
  const large = `{ hello } # ${'x'.repeat(publicLimits.bodyBytes)}`;
  expect(await query(large)).toMatchObject({ status: 413 });
  const headers = { 'content-type': 'application/json', 'content-length': String(large.length + 20) };
  expect(await ask(JSON.stringify({ query: large }), headers)).toMatchObject({ status: 413 });
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

test('half of a surrogate pair is no text, wherever it is', async () => {
  for (const body of [
    String.raw`{"query":"query($how:String!){ fail(how: $how) }","variables":{"how":"a\ud800"}}`,
    String.raw`{"query":"{ hello } # \uDC00"}`,
  ])
    expect(await ask(body)).toMatchObject({
      status: 400,
      body: { errors: [{ message: expect.stringContaining('half of a surrogate pair') }] },
    });
  expect(await ask(String.raw`{"query":"{ hello } # \ud83c\udf89"}`)).toMatchObject({ status: 200 });
});

test.each([
  ['fields', `${'{nested'.repeat(6_000)}{hello}${'}'.repeat(6_000)}`],
  ['fragments', fragments(1_200)],
])('services refuse %s that are nested thousands deep, in words', async (_, text) => {
  const { handle, faults } = localEndpoint({ schema }, internalLimits);
  const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const response = await handle(
    new Request('http://shop/graphql', { ...init, body: JSON.stringify({ query: text }) }),
  );
  expect([response.status, await response.json()]).toMatchObject([
    400,
    { errors: [{ extensions: { code: 'TOO_DEEP' } }] },
  ]);
  expect(faults).toEqual([]);
});

test('an operation that fails fails in its trace as well', async () => {
  const exporter = new InMemorySpanExporter();
  const end = record('test', '1.2.3', new SimpleSpanProcessor(exporter));
  await query('{ fail(how: "refused") }');
  await query('{ hello }');
  expect(exporter.getFinishedSpans().map(({ status }) => status)).toEqual([
    { code: SpanStatusCode.ERROR, message: 'only 2 are left' },
    { code: SpanStatusCode.UNSET },
  ]);
  await end();
});

/** So many fragments, each of which spreads the next one twice. */
function fragments(count: number): string {
  const next = (number: number) => (number < count ? `...f${number + 1}` : 'hello');
  const all = Array.from(
    { length: count },
    (_, index) =>
      `fragment f${index + 1} on Query { nested { ${next(index + 1)} } nested { ${next(index + 1)} } }`,
  );
  return `{ ...f1 } ${all.join(' ')}`;
}
