import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../../src/estate';
import { validate } from '../../../src/schema/validate';
import { mutations } from '../../lab/agreement-mutations';
import { samples, schemaOf } from '../support';

const valid = [...samples('core.yaml'), ...samples('custom.yaml')];

function reordered(value: Json, order: (left: string, right: string) => number): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => reordered(item, order));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as JsonObject).toSorted(([left], [right]) => order(left, right));
  return Object.fromEntries(entries.map(([key, child]) => [key, reordered(child, order)]));
}

test('the order of keys makes no difference', () => {
  const backwards = (left: string, right: string): number => (left < right ? 1 : -1);
  for (const body of valid)
    expect(validate(schemaOf(body), reordered(body, backwards) as JsonObject)).toEqual([]);
});

test('validating changes nothing', () => {
  for (const body of valid) {
    const before = JSON.stringify(body);
    validate(schemaOf(body), body, body);
    expect(JSON.stringify(body)).toBe(before);
  }
});

test('whatever JSON says it is an object of some kind, the validator has an answer', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...valid),
      fc.jsonValue({ maxDepth: 4 }),
      fc.jsonValue({ maxDepth: 3 }),
      (body, spec, metadata) => {
        const odd = {
          ...body,
          spec: spec as Json,
          metadata: metadata as Json,
          data: spec as Json,
          rules: spec as Json,
        };
        expect(Array.isArray(validate(schemaOf(body), odd, body))).toBe(true);
        expect(Array.isArray(validate(schemaOf(body), body, odd))).toBe(true);
      },
    ),
    { numRuns: 300, seed: 1 },
  );
});

test('however an object is broken, the validator has an answer', () => {
  for (const body of valid) {
    const schema = schemaOf(body);
    const some = mutations(schema, body).filter((_, index) => index % 20 === 0);
    expect(some.map((mutation) => validate(schema, mutation.body, body)).every(Array.isArray)).toBe(true);
  }
});
