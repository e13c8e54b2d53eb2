import { expect, test } from '@jest/globals';
import type { Json } from '../../../src/estate';
import type { CelRule, SchemaNode } from '../../../src/schema/types';
import { skippedRules, validate } from '../../../src/schema/validate';
import { custom, customKind, judged } from '../support';

const int: SchemaNode = { type: 'integer' };
const text: SchemaNode = { type: 'string' };

function ruled(rule: string | CelRule, properties: { [name: string]: SchemaNode }): SchemaNode {
  const rules = [typeof rule === 'string' ? { rule, message: 'broken' } : rule];
  return { type: 'object', properties, 'x-kubernetes-validations': rules };
}

test.each<[string, SchemaNode, Json, Json]>([
  [
    'a rule sees the fields beside each other',
    ruled('self.min <= self.max', { min: int, max: int }),
    { min: 1, max: 1 },
    { min: 2, max: 1 },
  ],
  [
    'a field whose name is a word of the language is escaped',
    ruled("self.__namespace__ == 'a'", { namespace: text }),
    { namespace: 'a' },
    { namespace: 'b' },
  ],
  [
    'dots and dashes in names are escaped',
    ruled('self.a__dot__b__dash__c > 0', { 'a.b-c': int }),
    { 'a.b-c': 1 },
    { 'a.b-c': 0 },
  ],
  [
    'keys of maps are not escaped',
    ruled("self.m['a.b'] == 'x'", { m: { type: 'object', additionalProperties: text } }),
    { m: { 'a.b': 'x' } },
    { m: { 'a.b': 'y' } },
  ],
  ['whole numbers divide to whole numbers', ruled('self.a / 2 == 1', { a: int }), { a: 3 }, { a: 4 }],
  [
    'numbers divide to fractions',
    ruled('self.a / 2.0 == 1.5', { a: { type: 'number' } }),
    { a: 3 },
    { a: 2 },
  ],
  [
    'dates are moments',
    ruled("self.a < timestamp('2026-01-01T00:00:00Z')", { a: { type: 'string', format: 'date-time' } }),
    { a: '2025-12-31T00:00:00Z' },
    { a: '2026-01-02T00:00:00Z' },
  ],
  [
    'int-or-string is either',
    ruled('type(self.a) == int ? self.a > 0 : self.a.endsWith("%")', {
      a: { 'x-kubernetes-int-or-string': true },
    }),
    { a: '5%' },
    { a: '5' },
  ],
  [
    'a set is the same in any order',
    ruled("self.a == ['x', 'y']", { a: { type: 'array', 'x-kubernetes-list-type': 'set', items: text } }),
    { a: ['y', 'x'] },
    { a: ['x'] },
  ],
  [
    'a list keeps its order',
    ruled("self.a == ['x', 'y']", { a: { type: 'array', items: text } }),
    { a: ['x', 'y'] },
    { a: ['y', 'x'] },
  ],
  [
    'defaults are there when rules are',
    ruled('self.a == 1', { a: { type: 'integer', default: 1 } }),
    {},
    { a: 2 },
  ],
  ['a field that is not there ends the rule in an error', ruled('self.a > 0', { a: int }), { a: 1 }, {}],
])('%s', (_, schema, valid, invalid) => {
  expect(judged(schema, valid)).toEqual([]);
  expect(judged(schema, invalid)).toHaveLength(1);
});

test('items that are durations are spans of time', () => {
  const items: SchemaNode = { type: 'string', format: 'duration' };
  const schema = ruled("self.a.all(d, d >= duration('1m'))", { a: { type: 'array', items } });
  expect(judged(schema, { a: ['60s', '1h'] })).toEqual([]);
  expect(judged(schema, { a: ['60s', '1s'] })).toEqual(['spec: broken']);
});

test('rules hold at every depth, with the place where they are broken', () => {
  const item = ruled('self.a > 0', { a: int });
  const schema: SchemaNode = {
    type: 'object',
    properties: { list: { type: 'array', items: item }, map: { type: 'object', additionalProperties: item } },
  };
  expect(judged(schema, { list: [{ a: 1 }, { a: 0 }], map: { 'x.y': { a: 0 } } })).toEqual([
    'spec.list[1]: broken',
    'spec.map["x.y"]: broken',
  ]);
});

test('a message can be computed, and name the field that it is about', () => {
  const rule: CelRule = {
    rule: 'self.a < self.b',
    messageExpression: "'%d is too much'.format([self.a])",
    message: 'fixed',
    fieldPath: '.a',
  };
  expect(judged(ruled(rule, { a: int, b: int }), { a: 3, b: 2 })).toEqual(['spec.a: 3 is too much']);
});

test('a message that cannot be computed gives way to the fixed one', () => {
  const rule: CelRule = { rule: 'self.a < self.b', messageExpression: 'string(self.c)', message: 'fixed' };
  expect(judged(ruled(rule, { a: int, b: int, c: int }), { a: 3, b: 2 })).toEqual(['spec: fixed']);
});

test('a rule about a change needs what was there before', () => {
  const schema = ruled('self.a == oldSelf.a', { a: int });
  expect(judged(schema, { a: 2 })).toEqual([]);
  expect(judged(schema, { a: 2 }, { a: 2 })).toEqual([]);
  expect(judged(schema, { a: 2 }, { a: 1 })).toEqual(['spec: broken']);
});

test('a rule may ask whether there was something before', () => {
  const rule: CelRule = {
    rule: 'oldSelf.hasValue() || self.a == 1',
    message: 'broken',
    optionalOldSelf: true,
  };
  expect(judged(ruled(rule, { a: int }), { a: 2 })).toEqual(['spec: broken']);
  expect(judged(ruled(rule, { a: int }), { a: 2 }, { a: 1 })).toEqual([]);
});

test('items of a list that is a map keep their identity when they move, others do not', () => {
  const items = ruled('self.a >= oldSelf.a', { name: text, a: int });
  const map: SchemaNode = {
    type: 'array',
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['name'],
    items,
  };
  const before = {
    l: [
      { name: 'x', a: 1 },
      { name: 'y', a: 5 },
    ],
  };
  const of = (l: SchemaNode): SchemaNode => ({ type: 'object', properties: { l } });
  expect(
    judged(
      of(map),
      {
        l: [
          { name: 'y', a: 5 },
          { name: 'x', a: 1 },
        ],
      },
      before,
    ),
  ).toEqual([]);
  expect(judged(of(map), { l: [{ name: 'y', a: 4 }] }, before)).toEqual(['spec.l[0]: broken']);
  expect(judged(of({ type: 'array', items }), { l: [{ name: 'x', a: 0 }] }, before)).toEqual([]);
});

test('rules are not asked about objects whose structure is broken', () => {
  const schema = ruled('self.a > 0', { a: int, b: int });
  expect(judged(schema, { a: 0, b: 'x' })).toEqual(['spec.b: "x" is a text, where a whole number belongs']);
});

test('a rule at the root sees the name of the object', () => {
  const kind = customKind({ type: 'object' });
  const rules = [{ rule: "self.metadata.name == 'sample'", message: 'broken' }];
  expect(
    validate({ ...kind, root: { ...kind.root, 'x-kubernetes-validations': rules } }, custom({})),
  ).toEqual([]);
  const others = [{ rule: "self.metadata.name != 'sample'", message: 'broken' }];
  expect(
    validate({ ...kind, root: { ...kind.root, 'x-kubernetes-validations': others } }, custom({})),
  ).toHaveLength(1);
});

test('a rule that cannot be evaluated refuses nothing, and is listed', () => {
  const kind = customKind(ruled('self.a.unheardOf() > 0', { a: int }));
  expect(validate(kind, custom({ a: 0 }))).toEqual([]);
  expect(skippedRules(kind)).toEqual([
    { rule: 'self.a.unheardOf() > 0', reason: 'there is no function unheardOf' },
  ]);
});
