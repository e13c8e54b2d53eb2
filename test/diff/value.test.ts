import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { applyDifference, diffValues } from '../../src/diff';
import { fieldsOf } from '../../src/diff/fields';
import type { Json, JsonObject } from '../../src/estate';
import type { SchemaNode } from '../../src/schema/types';

function fields(before: Json, after: Json, node?: SchemaNode) {
  const difference = diffValues(before, after, node && { node, defs: {} });
  return difference ? fieldsOf(difference) : [];
}

const scalar = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'text\nof\nlines'),
  fc.integer({ min: 0, max: 3 }),
  fc.boolean(),
  fc.constant(null),
);
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('name', 'a', 'b', 'a.b', 'type', '__proto__'), tie('json'), {
      noNullPrototype: true,
    }),
    fc.uniqueArray(fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), value: tie('json') }), {
      selector: ({ name }) => name,
    }),
  ),
}));
const schema: SchemaNode = {
  type: 'array',
  'x-kubernetes-list-type': 'set',
  items: { type: 'string' },
};

test('what differs, applied to the old value, gives the new one', () => {
  const property = fc.property(json, json, (before, after) => {
    expect(applyDifference(before, diffValues(before, after))).toEqual(after);
  });
  fc.assert(property, { numRuns: 600 });
});

test('the same holds for sets, whatever their order', () => {
  const list = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'));
  const property = fc.property(list, list, (before, after) => {
    expect(applyDifference(before, diffValues(before, after, { node: schema, defs: {} }))).toEqual(after);
  });
  fc.assert(property, { numRuns: 300 });
});

test('there is a difference exactly where values differ', () => {
  const property = fc.property(json, json, (before, after) => {
    const same = JSON.stringify(sorted(before)) === JSON.stringify(sorted(after));
    expect(diffValues(before, after) === undefined).toBe(same);
    expect(fields(before, after).length === 0).toBe(same);
  });
  fc.assert(property, { numRuns: 400 });
});

test('a value has no difference to itself', () => {
  fc.assert(fc.property(json, (value) => expect(diffValues(value, structuredClone(value))).toBeUndefined()));
});

test('items of a list are known by their name, so one more in front changes no other', () => {
  const before = {
    env: [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ],
  };
  const after = {
    env: [
      { name: 'X', value: '0' },
      { name: 'A', value: '1' },
      { name: 'B', value: '3' },
    ],
  };
  expect(fields(before, after)).toEqual([
    { path: 'env[name=X]', change: 'added', after: { name: 'X', value: '0' } },
    { path: 'env[name=B].value', change: 'changed', before: '2', after: '3' },
  ]);
});

test('another order of named items is a change of its own', () => {
  const [before = {}, after = {}] = ['abc', 'cad'].map((names) => ({
    initContainers: Array.from(names, (name) => ({ name })),
  }));
  expect(fields(before, after)).toEqual([
    { path: 'initContainers[name=b]', change: 'removed', before: { name: 'b' } },
    { path: 'initContainers[name=d]', change: 'added', after: { name: 'd' } },
    {
      path: 'initContainers',
      change: 'reordered',
      before: ['name=a', 'name=c'],
      after: ['name=c', 'name=a'],
    },
  ]);
});

test('ports and mounts have keys of their own', () => {
  const before = [
    { containerPort: 80 },
    { containerPort: 53, protocol: 'UDP' },
    { containerPort: 53, protocol: 'TCP' },
  ];
  const after = [
    { containerPort: 53, protocol: 'UDP', name: 'dns' },
    { containerPort: 53, protocol: 'TCP' },
  ];
  expect(fields(before, after).map(({ path, change }) => `${change} ${path}`)).toEqual([
    'removed [containerPort=80]',
    'added [containerPort=53,protocol=UDP].name',
  ]);
  expect(fields([{ mountPath: '/a', name: 'v' }], [{ mountPath: '/b', name: 'v' }])).toMatchObject([
    { path: '[name=v].mountPath' },
  ]);
});

test('where a schema knows the keys it decides, with its defaults', () => {
  const node: SchemaNode = {
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['port', 'protocol'],
    items: { properties: { protocol: { default: 'TCP' } } },
  };
  const before = [{ name: 'old', port: 80 }];
  const after = [{ name: 'new', port: 80, protocol: 'TCP' }];
  expect(fields(before, after, node)).toEqual([
    { path: '[port=80,protocol=TCP].name', change: 'changed', before: 'old', after: 'new' },
    { path: '[port=80,protocol=TCP].protocol', change: 'added', after: 'TCP' },
  ]);
  expect(fields(before, after, { 'x-kubernetes-list-type': 'atomic' }).map(({ path }) => path)).toEqual([
    '[0].name',
    '[0].protocol',
  ]);
});

test('lists without keys are compared by what stays where it was', () => {
  expect(fields(['-c', 'a', '--verbose', 'z'], ['-c', 'b', 'a', '--debug', 'z'])).toEqual([
    { path: '[1]', change: 'added', after: 'b' },
    { path: '[2]', change: 'changed', before: '--verbose', after: '--debug' },
  ]);
});

test('keys that hold points are quoted in paths', () => {
  expect(fields({ data: { 'a.b/c': '1' } }, { data: { 'a.b/c': '2' } })).toMatchObject([
    { path: 'data["a.b/c"]' },
  ]);
});

test('texts are compared line by line', () => {
  const [field] = fields({ text: 'a\nb\nc\nd\n' }, { text: 'a\nx\nc\nd\ne\n' });
  expect(field?.lines?.map(({ sign, text }) => sign + text)).toEqual([
    ' a',
    '-b',
    '+x',
    ' c',
    ' d',
    '+e',
    ' ',
  ]);
});

test('the lines of a text diff give both texts back', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 })
    .map((lines) => `\n${lines.join('\n')}`);
  const property = fc.property(text, text, (before, after) => {
    const [field] = fields([before], [after]);
    const side = (hidden: string) =>
      field?.lines
        ?.filter(({ sign }) => sign !== hidden)
        .map(({ text }) => text)
        .join('\n');
    expect(side('+') ?? before).toBe(before);
    expect(side('-') ?? before).toBe(field ? after : before);
  });
  fc.assert(property, { numRuns: 400 });
});

test('a text diff keeps as much as can be kept', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 8 });
  const property = fc.property(text, text, (before, after) => {
    const [field] = fields([`\n${before.join('\n')}`], [`\n${after.join('\n')}`]);
    const kept = field?.lines?.filter(({ sign }) => sign === ' ').length ?? before.length + 1;
    expect(kept).toBe(longestCommon(before, after) + 1);
  });
  fc.assert(property, { numRuns: 500 });
});

test('long texts without anything in common are replaced in time', () => {
  const [before = '', after = ''] = ['a', 'b'].map((seed) => `\n${seed}`.repeat(20_000));
  const [field] = fields([before], [after]);
  expect(field?.lines).toHaveLength(40_001);
});

/** The textbook table. */
function longestCommon(one: readonly string[], other: readonly string[]): number {
  const table = [...one, ''].map(() => Array.from({ length: other.length + 1 }, () => 0));
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = other.length - 1; j >= 0; j--) {
      const [row = [], next = []] = [table[i], table[i + 1]];
      row[j] = one[i] === other[j] ? (next[j + 1] ?? 0) + 1 : Math.max(next[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return table[0]?.[0] ?? 0;
}

function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  const entries = Object.entries(value as JsonObject).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
