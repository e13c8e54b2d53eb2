import { expect, test } from '@jest/globals';
import { add, base, firing, set, texts } from '../support';

test('a StatefulSet whose pods could not carry its name is found', () => {
  const long = 'z'.repeat(53);
  const broken = set(base(), 'StatefulSet data/zookeeper', 'metadata.name', long);
  expect(firing(broken)).toEqual(['long-name']);
  expect(texts(broken, 'long-name')).toEqual([expect.stringContaining('has 53 characters of at most 52')]);
});

test('a unit whose name is too long for a label is found', () => {
  const note = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x, namespace: shop }';
  expect(firing(add(base(), 'c'.repeat(64), note))).toEqual(['long-name']);
  expect(firing(add(base(), 'c'.repeat(63), note))).toEqual([]);
});

test('a StatefulSet at the limit is fine', () => {
  expect(firing(set(base(), 'StatefulSet data/zookeeper', 'metadata.name', 'z'.repeat(52)))).toEqual([]);
});

const named = (length: number) =>
  set(base(), 'Job shop/migrate-3f9a12c4', 'metadata.name', `${'j'.repeat(length - 9)}-3f9a12c4`);

test('a Job whose pods could not carry its name is found', () => {
  expect(firing(named(64))).toEqual(['long-name']);
  expect(firing(named(63))).toEqual([]);
});
