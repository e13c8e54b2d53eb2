import { expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../src/estate';
import { schemaProblems } from '../../src/schema/json-schema';
import { formatPath } from '../../src/schema/validate/violation';

function refused(schema: JsonObject, value: Json): string[] {
  return schemaProblems(schema, value).map(({ path, message }) => `${formatPath(path)}: ${message}`);
}

const either = {
  anyOf: [{ type: 'object', required: ['a'], properties: { a: { type: 'integer' } } }, { type: 'null' }],
};

/** Read, because whatever has a `then` looks like a promise. */
const conditional = JSON.parse(
  '{"if":{"required":["a"]},"then":{"required":["b"]},"else":false}',
) as JsonObject;

test.each<[what: string, schema: JsonObject, good: Json, bad: Json, said: string]>([
  ['a type', { type: 'string' }, 'a', 1, ': 1 is a whole number, where a text belongs'],
  [
    'several types',
    { type: ['string', 'null'] },
    null,
    true,
    ': true is true or false, where a text or null belongs',
  ],
  [
    'a whole number where any number may be',
    { type: 'number' },
    1,
    'a',
    ': "a" is a text, where a number belongs',
  ],
  ['a list of values', { enum: ['a', 1] }, 1, 'b', ': "b" is none of the allowed values'],
  ['one value', { const: { a: 1 } }, { a: 1 }, { a: 2 }, ': {"a":2} is not {"a":1}'],
  ['a range', { minimum: 1, exclusiveMaximum: 3 }, 1, 3, ': 3 must be less than 3'],
  ['a multiple', { multipleOf: 5 }, 10, 11, ': 11 must be a multiple of 5'],
  [
    'a length in characters',
    { maxLength: 1 },
    '😀',
    'ab',
    ': there are 2 characters, where at most 1 belong',
  ],
  ['a pattern', { pattern: '^a+$' }, 'aa', 'b', ': "b" does not match ^a+$'],
  ['a multiple of a part', { multipleOf: 0.1 }, 0.3, 0.35, ': 0.35 must be a multiple of 0.1'],
  [
    'items that differ',
    { uniqueItems: true },
    [{ a: 1 }, { a: 2 }],
    [1, 2, 1],
    '[2]: 1 is in the list twice',
  ],
  [
    'an item that must be there',
    { contains: { const: 1 } },
    [2, 1],
    [2],
    ': 0 of the items fit {"const":1}, where at least 1 must',
  ],
  [
    'how many of the items fit',
    { contains: { const: 1 }, minContains: 0, maxContains: 1 },
    [2],
    [1, 1],
    ': 2 of the items fit {"const":1}, where at most 1 must',
  ],
  [
    'items in order, and all others',
    { prefixItems: [{ type: 'string' }], items: { type: 'integer' } },
    ['a', 1],
    ['a', 'b'],
    '[1]: "b" is a text, where a whole number belongs',
  ],
  [
    'items in order, as older drafts write it',
    { items: [{ type: 'string' }], additionalItems: false },
    ['a'],
    ['a', 'b'],
    '[1]: nothing may be here',
  ],
  ['a number of items', { minItems: 1 }, [1], [], ': there are 0 items, where at least 1 belong'],
  [
    'items',
    { items: { type: 'integer' } },
    [1],
    [1, 'a'],
    '[1]: "a" is a text, where a whole number belongs',
  ],
  ['required fields', { required: ['a'] }, { a: null }, {}, ': a is missing'],
  [
    'fields',
    { properties: { a: { type: 'string' } } },
    { b: 1 },
    { a: 1 },
    'a: 1 is a whole number, where a text belongs',
  ],
  [
    'closed objects',
    { properties: { a: {} }, additionalProperties: false },
    { a: 1 },
    { b: 1 },
    'b: there is no field b here',
  ],
  [
    'fields by pattern',
    { patternProperties: { '^x-': false }, additionalProperties: { type: 'null' } },
    { y: null },
    { 'x-a': 1 },
    'x-a: nothing may be here',
  ],
  [
    'names of fields',
    { propertyNames: { maxLength: 1 } },
    { a: 1 },
    { ab: 1 },
    ': there are 2 characters, where at most 1 belong',
  ],
  ['all of several', { allOf: [{ minimum: 1 }, { maximum: 2 }] }, 2, 3, ': 3 must be at most 2'],
  [
    'one of several',
    { oneOf: [{ minimum: 1 }, { maximum: 2 }] },
    3,
    1,
    ': 1 fits 2 of several alternatives, where one is to fit',
  ],
  [
    'the alternative that is about such a value',
    either,
    null,
    { a: 'x' },
    'a: "x" is a text, where a whole number belongs',
  ],
  [
    'no alternative',
    { anyOf: [{ type: 'string' }, { type: 'null' }] },
    null,
    1,
    ': 1 fits none of the alternatives',
  ],
  ['what must not be', { not: { required: ['a'] } }, {}, { a: 1 }, ': {"a":1} is what must not be here'],
  ['a condition', conditional, { a: 1, b: 1 }, { a: 1 }, ': b is missing'],
  [
    'what a field brings',
    { dependencies: { a: ['b'], c: { required: ['d'] } } },
    { a: 1, b: 1 },
    { c: 1 },
    ': d is missing',
  ],
  [
    'references',
    { $ref: '#/$defs/a~1b', $defs: { 'a/b': { type: 'string' } } },
    'a',
    1,
    ': 1 is a whole number, where a text belongs',
  ],
])('%s is judged', (_, schema, good, bad, said) => {
  expect(refused(schema, good)).toEqual([]);
  expect(refused(schema, bad)).toEqual([said]);
});

test.each<[what: string, schema: JsonObject]>([
  ['a reference to another document', { $ref: 'https://example.com/schema.json' }],
  ['a reference to nothing', { $ref: '#/definitions/none' }],
  ['a reference to itself', { $ref: '#' }],
  ['a keyword that is not known', { isPrime: true }],
  ['a pattern that cannot be read', { pattern: '(?<' }],
])('%s refuses nothing', (_, schema) => {
  expect(refused(schema, 'anything')).toEqual([]);
});
