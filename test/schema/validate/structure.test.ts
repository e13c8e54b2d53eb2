import { expect, test } from '@jest/globals';
import type { Json } from '../../../src/estate';
import type { SchemaNode } from '../../../src/schema/types';
import { validate } from '../../../src/schema/validate';
import { custom, customKind, judged } from '../support';

const text: SchemaNode = { type: 'string' };
const of = (field: SchemaNode, more: SchemaNode = {}): SchemaNode => ({
  type: 'object',
  properties: { a: field },
  ...more,
});

test.each<[string, SchemaNode, Json, Json, string]>([
  [
    'a text is no number',
    of({ type: 'integer' }),
    { a: 1 },
    { a: '1' },
    'spec.a: "1" is a text, where a whole number belongs',
  ],
  [
    'a fraction is no whole number',
    of({ type: 'integer' }),
    { a: 1 },
    { a: 1.5 },
    'spec.a: 1.5 is a number, where a whole number belongs',
  ],
  [
    'a whole number is a number',
    of({ type: 'number' }),
    { a: 1 },
    { a: '1' },
    'spec.a: "1" is a text, where a number belongs',
  ],
  [
    'a number is no text',
    of(text),
    { a: '8080' },
    { a: 8080 },
    'spec.a: 8080 is a whole number, where a text belongs',
  ],
  [
    'a list is no object',
    of({ type: 'object' }),
    { a: {} },
    { a: [] },
    'spec.a: [] is a list, where an object belongs',
  ],
  [
    'true is no text',
    of(text),
    { a: 'true' },
    { a: true },
    'spec.a: true is true or false, where a text belongs',
  ],
  ['a required field must be there', of(text, { required: ['a'] }), { a: '' }, {}, 'spec.a: a is missing'],
  [
    'null is absent where it is not allowed',
    of(text, { required: ['a'] }),
    { a: '' },
    { a: null },
    'spec.a: a is missing',
  ],
  [
    'null in a list is no absence',
    of({ type: 'array', items: text }),
    { a: ['x'] },
    { a: [null] },
    'spec.a[0]: null is null, where a text belongs',
  ],
  [
    'a value is one of the enum',
    of({ type: 'string', enum: ['x', 'y'] }),
    { a: 'x' },
    { a: 'z' },
    'spec.a: "z" is none of the allowed values',
  ],
  [
    'a pattern must match',
    of({ type: 'string', pattern: '^(?i)x+$' }),
    { a: 'Xx' },
    { a: 'y' },
    'spec.a: "y" does not match ^(?i)x+$',
  ],
  [
    'a number is not below its minimum',
    of({ type: 'integer', minimum: 2 }),
    { a: 2 },
    { a: 1 },
    'spec.a: 1 is out of range',
  ],
  [
    'an exclusive bound is outside',
    of({ type: 'number', maximum: 2, exclusiveMaximum: true }),
    { a: 1.9 },
    { a: 2 },
    'spec.a: 2 is out of range',
  ],
  [
    'a number is a multiple',
    of({ type: 'number', multipleOf: 0.1 }),
    { a: 0.3 },
    { a: 0.35 },
    'spec.a: 0.35 is no multiple of 0.1',
  ],
  [
    'length counts characters',
    of({ type: 'string', maxLength: 2 }),
    { a: '😀😀' },
    { a: '😀😀😀' },
    'spec.a: the text is 3 characters long',
  ],
  [
    'a text is not too short',
    of({ type: 'string', minLength: 2 }),
    { a: '😀x' },
    { a: '😀' },
    'spec.a: the text has 1 characters of at least 2',
  ],
  [
    'a list is not too long',
    of({ type: 'array', maxItems: 1 }),
    { a: [1] },
    { a: [1, 2] },
    'spec.a: the list has 2 items',
  ],
  [
    'an object has enough fields',
    of({ type: 'object', minProperties: 1, additionalProperties: text }),
    { a: { x: '' } },
    { a: {} },
    'spec.a: the object has 0 fields',
  ],
  [
    'a set has no item twice',
    of({ type: 'array', 'x-kubernetes-list-type': 'set', items: text }),
    { a: ['x', 'y'] },
    { a: ['x', 'x'] },
    'spec.a[1]: the item is the same as in item 0: x',
  ],
  [
    'a format must fit',
    of({ type: 'string', format: 'ipv4' }),
    { a: '10.0.0.1' },
    { a: '10.0.0.256' },
    'spec.a: "10.0.0.256" is not in the format ipv4',
  ],
  [
    'a format that the server does not know means nothing',
    of({ type: 'string', format: 'url' }),
    { a: 'anything' },
    { a: 1 },
    'spec.a: 1 is a whole number, where a text belongs',
  ],
  [
    'int-or-string takes no fraction',
    of({ 'x-kubernetes-int-or-string': true }),
    { a: '50%' },
    { a: 1.5 },
    'spec.a: 1.5 is a number, where a whole number or a text belongs',
  ],
  [
    'anyOf needs one',
    of({ anyOf: [{ type: 'integer' }, { type: 'string' }] }),
    { a: 1 },
    { a: true },
    'spec.a: true fits none of the forms allowed here',
  ],
  [
    'oneOf takes exactly one',
    of({
      type: 'object',
      properties: { x: text, y: text },
      oneOf: [{ required: ['x'] }, { required: ['y'] }],
    }),
    { a: { x: '' } },
    { a: { x: '', y: '' } },
    'spec.a: {"x":"","y":""} fits 2 of the forms, of which exactly one is allowed',
  ],
  [
    'not takes none',
    of({ type: 'string', not: { enum: ['x'] } }),
    { a: 'y' },
    { a: 'x' },
    'spec.a: "x" has the form that is not allowed here',
  ],
  [
    'allOf takes all',
    of({ type: 'integer', allOf: [{ minimum: 1 }, { maximum: 3 }] }),
    { a: 3 },
    { a: 4 },
    'spec.a: 4 is out of range',
  ],
])('%s', (_, schema, valid, invalid, line) => {
  expect(judged(schema, valid)).toEqual([]);
  expect(judged(schema, invalid)).toEqual([line]);
});

test('a field that nobody knows is one that somebody misspelt', () => {
  const kind = customKind({ type: 'object', properties: { replicas: { type: 'integer' } } });
  expect(validate(kind, custom({ replcias: 1 }))).toEqual([
    {
      path: 'spec.replcias',
      message: 'there is no field replcias here',
      fix: 'write replicas',
      rule: 'unknown-field',
    },
  ]);
});

test('an open object takes any field, but fields that it names keep their schema', () => {
  const open: SchemaNode = {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
    properties: { a: of(text) },
  };
  expect(judged(open, { b: { c: 1 }, a: { a: 'x' } })).toEqual([]);
  expect(judged(open, { a: { c: 1 } })).toEqual(['spec.a.c: there is no field c here']);
});

test('a map takes any key, and its values keep their schema', () => {
  const map: SchemaNode = { type: 'object', additionalProperties: { type: 'integer' } };
  expect(judged(map, { x: 1, 'y/z': 2 })).toEqual([]);
  expect(judged(map, { 'y/z': 'a' })).toEqual(['spec["y/z"]: "a" is a text, where a whole number belongs']);
});

test('items of a list that is a map are told apart by their keys, also by those that come from defaults', () => {
  const ports: SchemaNode = {
    type: 'array',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['port', 'protocol'],
    items: {
      type: 'object',
      properties: { port: { type: 'integer' }, protocol: { type: 'string', default: 'TCP' } },
    },
  };
  expect(judged(of(ports), { a: [{ port: 1 }, { port: 1, protocol: 'UDP' }] })).toEqual([]);
  expect(judged(of(ports), { a: [{ port: 1 }, { port: 1, protocol: 'TCP' }] })).toHaveLength(1);
});

test('a nullable field may be null, whatever else it must be', () => {
  const nullable = of({ type: 'string', nullable: true, enum: ['x'] }, { required: ['a'] });
  expect(judged(nullable, { a: null })).toEqual([]);
});

test('defaults are filled in before anything is judged, and the given object stays as it was', () => {
  const schema = of({
    type: 'object',
    default: {},
    required: ['b'],
    properties: { b: { type: 'integer', default: 1, maximum: 1 } },
  });
  const spec = Object.freeze({});
  expect(judged(schema, spec)).toEqual([]);
  expect(judged(schema, { a: { b: null } })).toEqual([]);
  expect(spec).toEqual({});
});

test('an embedded resource says what it is', () => {
  const resource: SchemaNode = {
    type: 'object',
    'x-kubernetes-embedded-resource': true,
    'x-kubernetes-preserve-unknown-fields': true,
  };
  expect(
    judged(of(resource), { a: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec: {} } }),
  ).toEqual([]);
  expect(judged(of(resource), { a: { kind: 'Pod', metadata: { labels: { 'bad key': '' } } } })).toEqual([
    'spec.a.apiVersion: apiVersion is missing',
    'spec.a.metadata.labels["bad key"]: the key bad key must be letters, digits, `-`, `_` and `.`, with a letter or digit at both ends',
  ]);
});

test('a recursive schema is followed as deep as the object is', () => {
  const kind = customKind({ $ref: '#/defs/tree' });
  const defs = {
    tree: { type: 'object', properties: { value: { type: 'integer' }, left: { $ref: '#/defs/tree' } } },
  } as const;
  expect(validate({ ...kind, defs }, custom({ value: 1, left: { left: { value: 2 } } }))).toEqual([]);
  expect(validate({ ...kind, defs }, custom({ left: { left: { value: 'x' } } }))[0]?.path).toBe(
    'spec.left.left.value',
  );
});

test('apiVersion and kind are those of the schema', () => {
  const kind = customKind({ type: 'object' });
  expect(validate(kind, { ...custom({}), kind: 'Other' })[0]).toMatchObject({
    path: 'kind',
    fix: 'write kind: Sample',
  });
});
