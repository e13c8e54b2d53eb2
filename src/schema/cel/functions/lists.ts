import { CelError, compare, equals, noOverload, type Value } from '../values';
import { isMap } from '../values';
import { size } from './conversions';
import type { MethodTable } from './index';

type List = readonly Value[];

const method =
  (name: string, apply: (list: List, ...args: Value[]) => Value) =>
  (value: Value, ...args: Value[]): Value =>
    Array.isArray(value) ? apply(value, ...args) : noOverload(name);

function extreme(list: List, sign: 1 | -1): Value {
  if (list.length === 0) throw new CelError('min and max need a list that is not empty');
  return list.reduce((best, item) => (compare(item, best) * sign > 0 ? item : best));
}

function sum(list: List): Value {
  if (list.some((item) => typeof item !== 'number')) return noOverload('sum');
  return (list as readonly number[]).reduce((total, item) => total + item, 0);
}

function flatten(list: List, depth: number): Value[] {
  return list.flatMap((item) => (Array.isArray(item) && depth > 0 ? flatten(item, depth - 1) : [item]));
}

function distinct(list: List): Value[] {
  return list.filter((item, index) => list.findIndex((other) => equals(item, other)) === index);
}

function slice(list: List, from: Value, to: Value): Value {
  if (typeof from !== 'number' || typeof to !== 'number') return noOverload('slice');
  if (from < 0 || to > list.length || from > to) throw new CelError('index out of range');
  return list.slice(from, to);
}

function join(list: List, separator: Value = ''): Value {
  return list.every((item) => typeof item === 'string') && typeof separator === 'string'
    ? list.join(separator)
    : noOverload('join');
}

/** The methods of lists. Maps have a size too. */
export const listMethods: MethodTable = {
  accepts: (value) => Array.isArray(value) || isMap(value),
  methods: {
    size,
    isSorted: method('isSorted', (list) =>
      list.every((item, index) => index === 0 || compare(list[index - 1], item) <= 0),
    ),
    sum: method('sum', sum),
    min: method('min', (list) => extreme(list, -1)),
    max: method('max', (list) => extreme(list, 1)),
    indexOf: method('indexOf', (list, item) => list.findIndex((other) => equals(item, other))),
    lastIndexOf: method('lastIndexOf', (list, item) => list.findLastIndex((other) => equals(item, other))),
    join: method('join', join),
    flatten: method('flatten', (list, depth = 1) => flatten(list, Number(depth))),
    distinct: method('distinct', distinct),
    reverse: method('reverse', (list) => list.toReversed()),
    slice: method('slice', slice),
    sort: method('sort', (list) => list.toSorted(compare)),
    first: method('first', (list) => list[0]),
    last: method('last', (list) => list.at(-1)),
  },
};
