import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../../src/estate';
import { validate } from '../../../src/schema/validate';
import { changed, custom, customKind, lines, sample, schemaOf } from '../support';

const kind = customKind({ type: 'object', 'x-kubernetes-preserve-unknown-fields': true });

function withMetadata(more: JsonObject): JsonObject {
  return { ...custom({}), metadata: { name: 'sample', namespace: 'lab', ...more } };
}

test.each<[string, JsonObject, JsonObject, string]>([
  ['a name is a DNS name', { name: 'a.b-c' }, { name: 'A_b' }, 'metadata.name'],
  ['a name is not too long', { name: 'a'.repeat(253) }, { name: 'a'.repeat(254) }, 'metadata.name'],
  [
    'a prefix of names may end in a hyphen',
    { generateName: 'a-' },
    { generateName: 'A_-' },
    'metadata.generateName',
  ],
  ['a namespace is a DNS label', { namespace: 'a-b' }, { namespace: 'a.b' }, 'metadata.namespace'],
  [
    'a label has a key',
    { labels: { 'example.org/a': 'b' } },
    { labels: { '-a': 'b' } },
    'metadata.labels.-a',
  ],
  [
    'the name part of a key is short',
    { labels: { ['a'.repeat(63)]: '' } },
    { labels: { ['a'.repeat(64)]: '' } },
    `metadata.labels.${'a'.repeat(64)}`,
  ],
  [
    'the prefix of a key is a DNS name',
    { labels: { 'a.b/c': '' } },
    { labels: { 'A_b/c': '' } },
    'metadata.labels["A_b/c"]',
  ],
  ['a label has a value', { labels: { a: 'B_c.d' } }, { labels: { a: 'b!' } }, 'metadata.labels.a'],
  [
    'the value of a label is short',
    { labels: { a: 'b'.repeat(63) } },
    { labels: { a: 'b'.repeat(64) } },
    'metadata.labels.a',
  ],
  ['the value of a label is text', { labels: { a: '1' } }, { labels: { a: 1 } }, 'metadata.labels.a'],
  [
    'an annotation has a key',
    { annotations: { 'A.b/c': 'any thing' } },
    { annotations: { 'a b': '' } },
    'metadata.annotations["a b"]',
  ],
  [
    'annotations are not too big',
    { annotations: { a: 'x'.repeat(262_143) } },
    { annotations: { a: 'x'.repeat(262_144) } },
    'metadata.annotations',
  ],
  [
    'a finalizer is a key',
    { finalizers: ['example.org/a'] },
    { finalizers: ['a b'] },
    'metadata.finalizers[0]',
  ],
  ['metadata has no other fields', { labels: {} }, { lables: {} }, 'metadata.lables'],
  [
    'the server assigns the version of an object',
    { resourceVersion: '' },
    { resourceVersion: '1' },
    'metadata.resourceVersion',
  ],
])('%s', (_, valid, invalid, path) => {
  expect(lines(validate(kind, withMetadata(valid)))).toEqual([]);
  expect(validate(kind, withMetadata(invalid)).map((violation) => violation.path)).toEqual([path]);
});

test('a prefix is no name: only what has one can be applied', () => {
  const found = validate(kind, withMetadata({ name: null, generateName: 'a-' }));
  expect(found.map(({ rule, path }) => [rule, path])).toEqual([['apply', 'metadata.name']]);
});

test('an object has a name', () => {
  expect(lines(validate(kind, { ...custom({}), metadata: {} }))).toEqual(['metadata.name: name is missing']);
});

test.each([
  ['Namespace', 'a.b'],
  ['Service', '1a'],
  ['StatefulSet', 'a.b'],
  ['CronJob', 'a'.repeat(53)],
  ['Role', 'a/b'],
  ['ConfigMap', 'A'],
])('the name of a %s cannot be %s', (kindName, name) => {
  const body = sample(kindName);
  expect(lines(validate(schemaOf(body), body))).toEqual([]);
  expect(validate(schemaOf(body), changed(body, 'metadata/name', name)).map(({ path }) => path)).toContain(
    'metadata.name',
  );
});

test('a role may have a colon in its name', () => {
  const body = changed(sample('Role'), 'metadata/name', 'system:Anything');
  expect(lines(validate(schemaOf(body), body))).toEqual([]);
});

test('an object that etcd does not take is too big', () => {
  const body = custom({ text: 'x'.repeat(1_600_000) });
  expect(validate(kind, body).map(({ rule }) => rule)).toEqual(['size']);
  expect(validate(kind, custom({ text: 'x'.repeat(1_500_000) }))).toEqual([]);
});
