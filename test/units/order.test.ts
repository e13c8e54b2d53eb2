import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Edge, Strength } from '../../src/estate';
import { order, type UnitEdge } from '../../src/units/order';

function edge(from: string, to: string, strength: Strength = 'runtime'): UnitEdge {
  const one: Edge = { from, to, strength, path: 'spec', why: to };
  return { from, to, edges: [one] };
}

function dependsOn(units: string[], edges: UnitEdge[]): { [unit: string]: readonly string[] } {
  return Object.fromEntries(order(units, edges).dependsOn);
}

test('a unit waits for what it needs', () => {
  expect(dependsOn(['app', 'kafka'], [edge('app', 'kafka')])).toEqual({ app: ['kafka'], kafka: [] });
});

test('all needs stay, even those that follow from others: expressions are not transitive', () => {
  const edges = [edge('a', 'b'), edge('b', 'c'), edge('a', 'c')];
  expect(dependsOn(['a', 'b', 'c'], edges)['a']).toEqual(['b', 'c']);
});

test('in a circle of conversation nobody waits', () => {
  const { cycles, dependsOn: found } = order(['a', 'b'], [edge('a', 'b'), edge('b', 'a')]);
  expect(cycles).toEqual([]);
  expect([...found.values()]).toEqual([[], []]);
});

test('in a circle with one firm need only that one stays', () => {
  const edges = [edge('a', 'b', 'admission'), edge('b', 'c'), edge('c', 'a')];
  expect(dependsOn(['a', 'b', 'c'], edges)).toEqual({ a: ['b'], b: [], c: [] });
});

test('whoever stands outside of a circle still waits for it', () => {
  const edges = [edge('a', 'b'), edge('b', 'a'), edge('app', 'a')];
  expect(dependsOn(['a', 'app', 'b'], edges)['app']).toEqual(['a']);
});

test('a circle of firm needs is reported, by the shortest way round', () => {
  const edges = [
    edge('a', 'b', 'start'),
    edge('b', 'c', 'admission'),
    edge('c', 'a', 'start'),
    edge('b', 'a', 'start'),
  ];
  const [cycle] = order(['a', 'b', 'c'], edges).cycles;
  expect(cycle?.map(({ from, to }) => `${from}>${to}`)).toEqual(['a>b', 'b>a']);
});

test('a firm circle that needs a conversation to close is none', () => {
  expect(order(['a', 'b'], [edge('a', 'b', 'start'), edge('b', 'a')]).cycles).toEqual([]);
});

test('ten thousand units in a chain have an order', () => {
  const units = Array.from({ length: 10_000 }, (_, index) => `u${index}`);
  const edges = units.slice(1).map((unit, index) => edge(unit, `u${index}`, 'start'));
  expect(order(units, edges).cycles).toEqual([]);
});

const names = ['a', 'b', 'c', 'd', 'e', 'f'];
const graphs = fc.array(
  fc.record({
    from: fc.constantFrom(...names),
    to: fc.constantFrom(...names),
    strength: fc.constantFrom<Strength>('admission', 'start', 'runtime'),
  }),
  { maxLength: 15 },
);

test('the order has no circle unless one is reported, however units are connected', () => {
  fc.assert(
    fc.property(graphs, (drawn) => {
      const edges = unique(drawn);
      const { dependsOn: found, cycles } = order(names, edges);
      expect(hasCircle(found)).toBe(cycles.length > 0);
    }),
  );
});

test('the order does not depend on the order in which needs were found', () => {
  fc.assert(
    fc.property(graphs, fc.infiniteStream(fc.nat()), (drawn, random) => {
      const edges = unique(drawn);
      const keyed = edges.map((one) => ({ one, key: random.next().value as number }));
      const shuffled = keyed.sort((left, right) => left.key - right.key).map(({ one }) => one);
      expect(Object.fromEntries(order(names, shuffled).dependsOn)).toEqual(dependsOn(names, edges));
    }),
  );
});

function unique(drawn: readonly { from: string; to: string; strength: Strength }[]): UnitEdge[] {
  const edges = drawn
    .filter(({ from, to }) => from !== to)
    .map(({ from, to, strength }) => edge(from, to, strength));
  return [...new Map(edges.map((one) => [`${one.from} ${one.to}`, one])).values()];
}

/** Whether units cannot be removed one after the other, each once all that it waits for are gone. */
function hasCircle(waits: ReadonlyMap<string, readonly string[]>): boolean {
  const left = new Map(waits);
  for (let before = -1; before !== left.size;) {
    before = left.size;
    for (const [unit, targets] of left) if (!targets.some((target) => left.has(target))) left.delete(unit);
  }
  return left.size > 0;
}
