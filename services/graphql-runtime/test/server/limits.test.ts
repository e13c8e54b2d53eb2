import { expect, test } from '@jest/globals';
import { buildSchema, getIntrospectionQuery, getOperationAST, parse } from 'graphql';
import { exceeds, measure, publicLimits } from '../../src';

const schema = buildSchema(`
  type Query { order: Order, orders(first: Int = 20): [Order!]!, byIds(ids: [ID!]!): [Order]! }
  type Order { id: ID!, lines: [Line!]!, customer: Customer }
  type Line { sku: ID! }
  type Customer { orders: [Order!]! }
  type Mutation { place: Order }
`);

function of(query: string, variables: Record<string, unknown> = {}) {
  const document = parse(query);
  return measure(schema, document, getOperationAST(document)!, variables);
}

test('depth counts the fields on the longest way down', () => {
  expect(of('{ order { id lines { sku } } }').depth).toBe(3);
  expect(of('mutation { place { customer { orders { id } } } }').depth).toBe(4);
});

test('a list costs as much as it was asked to be long', () => {
  expect(of('{ orders(first: 7) { id } }').cost).toBe(8);
  expect(of('query ($n: Int) { orders(first: $n) { id } }', { n: 50 }).cost).toBe(51);
  expect(of('query ($ids: [ID!]!) { byIds(ids: $ids) { id } }', { ids: ['a', 'b', 'c'] }).cost).toBe(4);
});

test('a list of unsaid length counts as its default, or as ten', () => {
  expect(of('{ orders { id } }').cost).toBe(21);
  expect(of('{ order { lines { sku } } }').cost).toBe(12);
});

test('lists within lists multiply', () => {
  expect(of('{ orders(first: 5) { lines { sku } } }').cost).toBe(1 + 5 * 11);
});

test('aliases and fragments hide nothing', () => {
  expect(of('{ a: order { id } b: order { id } }').cost).toBe(4);
  expect(
    of('{ order { ...Parts ... on Order { id } } } fragment Parts on Order { customer { orders { id } } }'),
  ).toEqual({
    depth: 4,
    cost: 1 + 1 + 11 + 1,
  });
});

test('a fragment bomb of a billion spreads is measured in no time', () => {
  const levels = Array.from(
    { length: 30 },
    (_, level) => `fragment F${level} on Order { ...F${level + 1} ...F${level + 1} }`,
  );
  const bomb = `{ order { ...F0 } } ${levels.join(' ')} fragment F30 on Order { id }`;
  expect(of(bomb).cost).toBe(2 ** 30 + 1);
});

test('the schema may be asked about itself', () => {
  const deep =
    '{ __schema { types { fields { type { ofType { ofType { ofType { ofType { name } } } } } } } } }';
  expect(exceeds(publicLimits, of(deep))).toBeUndefined();
});

test('whoever asks for all that the schema says of itself is answered, but not many times over', () => {
  expect(exceeds(publicLimits, of(getIntrospectionQuery()))).toBeUndefined();
  const names = Array.from({ length: 300 }, (_, index) => `a${index}: name`).join(' ');
  const wide = `{ __schema { types { fields { type { fields { ${names} } } } } } }`;
  expect(exceeds(publicLimits, of(wide))?.extensions).toMatchObject({ code: 'TOO_COSTLY' });
  const once = '__type(name: "Order") { fields { type { fields { name } } } }';
  const often = Array.from({ length: 90 }, (_, index) => `a${index}: ${once}`).join(' ');
  expect(of(`{ ${often} }`).cost).toBe(90 * of(`{ ${once} }`).cost);
});

test('what exceeds the limits is refused with the numbers', () => {
  expect(exceeds(publicLimits, { depth: 10, cost: 1 })?.message).toBe(
    'The query is 10 levels deep; 9 are allowed.',
  );
  expect(exceeds(publicLimits, { depth: 1, cost: 10_001 })?.extensions).toMatchObject({
    code: 'TOO_COSTLY',
  });
  expect(exceeds(publicLimits, { depth: 9, cost: 10_000 })).toBeUndefined();
});
