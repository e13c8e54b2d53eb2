import { expect, test } from '@jest/globals';
import { array, assert, constantFrom, nat, property, record } from 'fast-check';
import type { Json, JsonObject } from '../../src/estate';
import { base, type Draft, findingsOf, objectFrom } from './support';

const junk: readonly Json[] = [
  null,
  0,
  -1,
  1.5,
  true,
  '',
  'x',
  [],
  [null],
  ['x'],
  [{}],
  {},
  { x: null },
  { name: 7 },
];

/** Every path of a value, as keys and indexes. */
function pathsIn(value: Json, path: readonly (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  const inner = Object.entries(value as JsonObject).flatMap(([key, item]) =>
    pathsIn(item, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inner : [[...path], ...inner];
}

function replaced(value: Json, [first, ...rest]: readonly (string | number)[], to: Json): Json {
  if (first === undefined) return to;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return (value as readonly Json[]).map((item, index) =>
      index === first ? replaced(item, rest, to) : item,
    );
  const map = value as JsonObject;
  return first in map ? { ...map, [first]: replaced(map[first] as Json, rest, to) } : map;
}

const mutation = record({ object: nat(), path: nat(), value: constantFrom(...junk) });

function broken(estate: Draft, mutations: readonly { object: number; path: number; value: Json }[]): Draft {
  const objects = [...estate.objects];
  for (const { object, path, value } of mutations) {
    const at = object % objects.length;
    const before = objects[at] as Draft['objects'][number];
    const paths = pathsIn(before.body);
    const body = replaced(before.body, paths[path % paths.length] ?? [], value);
    objects[at] = objectFrom(body as JsonObject, before.chart);
  }
  return { ...estate, objects };
}

test('no rule falls over an object that is wrong in whatever way', () => {
  assert(
    property(array(mutation, { minLength: 1, maxLength: 12 }), (mutations) => {
      expect(Array.isArray(findingsOf(broken(base(), mutations)))).toBe(true);
    }),
    { numRuns: 60 },
  );
});
