import { expect, test } from '@jest/globals';
import type { SchemaNode } from '../../../src/schema/types';
import { judged } from '../support';

const map: SchemaNode = { type: 'object', additionalProperties: { type: 'string' } };
const of = (field: SchemaNode): SchemaNode => ({ type: 'object', properties: { a: field } });

test('an object of a custom resource that loses its last field would become null', () => {
  expect(judged(of(map), { a: { x: '1' } }, { a: { x: '1', y: '2' } })).toEqual([]);
  expect(judged(of(map), {}, { a: { x: '1' } })).toEqual([]);
  expect(judged(of(map), { a: {} }, { a: {} })).toEqual([]);
  expect(judged(of(map), { a: {} }, { a: { x: '1' } })).toEqual([
    'spec.a: server-side apply makes null of what loses its last field',
  ]);
});

test('null is dropped from a new object, and stays in one that is there', () => {
  expect(judged(of(map), { a: null })).toEqual([]);
  expect(judged(of(map), { a: null }, { a: { x: '1' } })).toEqual([
    'spec.a: null would stay in an object that is there',
  ]);
  expect(judged(of({ ...map, nullable: true }), { a: null }, { a: { x: '1' } })).toEqual([]);
});

test('what is replaced as a whole may become empty', () => {
  expect(judged(of({ ...map, 'x-kubernetes-map-type': 'atomic' }), { a: {} }, { a: { x: '1' } })).toEqual([]);
});
