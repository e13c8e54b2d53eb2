import { expect, test } from '@jest/globals';
import { memoryRegistry, type MemoryRegistry } from '../../src/testing';

const schemaOf = (...fields: object[]) => JSON.stringify({ name: 'R', type: 'record', fields });
const text = { name: 'text', type: 'string' };
const more = { name: 'more', type: 'string' };
const withDefault = { ...more, default: '' };

async function ask(registry: MemoryRegistry, path: string, method = 'GET', body?: object) {
  const headers = { 'content-type': 'application/vnd.schemaregistry.v1+json' };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const response = await registry.fetch(`http://registry${path}`, init);
  return [response.status, await response.json()];
}

const register = (registry: MemoryRegistry, subject: string, schema: string) =>
  ask(registry, `/subjects/${subject}/versions`, 'POST', { schema });

test('subjects have versions, and a schema has one id in all of them', async () => {
  const registry = memoryRegistry();
  expect(await register(registry, 'a', schemaOf(text))).toEqual([200, { id: 1 }]);
  expect(await register(registry, 'a', schemaOf(text, withDefault))).toEqual([200, { id: 2 }]);
  expect(await register(registry, 'b', schemaOf(text, withDefault))).toEqual([200, { id: 2 }]);
  expect(await register(registry, 'a', schemaOf(text))).toEqual([200, { id: 1 }]);
  expect(await ask(registry, '/subjects')).toEqual([200, ['a', 'b']]);
  expect(await ask(registry, '/subjects/a/versions')).toEqual([200, [1, 2]]);
  expect(await ask(registry, '/subjects/a/versions/latest')).toMatchObject([
    200,
    { subject: 'a', version: 2, id: 2 },
  ]);
  expect(await ask(registry, '/subjects/a/versions/1')).toMatchObject([200, { version: 1, id: 1 }]);
  expect(await ask(registry, '/schemas/ids/1')).toMatchObject([200, { schema: schemaOf(text) }]);
});

test.each([
  ['/subjects/nobody/versions/latest', 404, 40_401],
  ['/subjects/a/versions/7', 404, 40_402],
  ['/subjects/a/versions/new', 422, 42_202],
  ['/schemas/ids/99', 404, 40_403],
])('%s is answered with %d and code %d', async (path, status, code) => {
  const registry = memoryRegistry();
  await register(registry, 'a', schemaOf(text));
  expect(await ask(registry, path)).toMatchObject([status, { error_code: code }]);
});

test('what is no schema is refused with 42201, what is not its form with 415', async () => {
  const registry = memoryRegistry();
  expect(await register(registry, 'a', '{"type":"nothing"}')).toMatchObject([422, { error_code: 42_201 }]);
  const headers = { 'content-type': 'text/plain' };
  const response = await registry.fetch('http://registry/subjects/a/versions', {
    method: 'POST',
    headers,
    body: '{}',
  });
  expect(response.status).toBe(415);
});

test.each([
  ['BACKWARD', [200, 409, 200]],
  ['FORWARD', [200, 200, 409]],
  ['FULL', [200, 409, 409]],
  ['NONE', [200, 200, 200]],
])(
  'under %s, a field with a default, one without, and none are answered with %j',
  async (compatibility, statuses) => {
    const answers: unknown[] = [];
    for (const schema of [schemaOf(text, withDefault), schemaOf(text, more), schemaOf()]) {
      const registry = memoryRegistry();
      await register(registry, 'a', schemaOf(text));
      await ask(registry, '/config/a', 'PUT', { compatibility });
      const isCompatible = await ask(registry, '/compatibility/subjects/a/versions/latest', 'POST', {
        schema,
      });
      const [status] = await register(registry, 'a', schema);
      expect(isCompatible).toEqual([200, { is_compatible: status === 200 }]);
      answers.push(status);
    }
    expect(answers).toEqual(statuses);
  },
);

test('transitively, a schema has to fit all before it', async () => {
  const registry = memoryRegistry();
  for (const schema of [schemaOf(), schemaOf(text)]) {
    await ask(registry, '/config/a', 'PUT', { compatibility: 'NONE' });
    await register(registry, 'a', schema);
  }
  for (const [compatibility, status] of [
    ['BACKWARD_TRANSITIVE', 409],
    ['BACKWARD', 200],
  ] as const) {
    await ask(registry, '/config/a', 'PUT', { compatibility });
    expect((await register(registry, 'a', schemaOf(text, withDefault)))[0]).toBe(status);
  }
  expect(await ask(registry, '/config/a', 'PUT', { compatibility: 'SOME' })).toMatchObject([
    422,
    { error_code: 42_203 },
  ]);
});
