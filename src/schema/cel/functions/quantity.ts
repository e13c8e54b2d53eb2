import { parseQuantity } from '../../validate/quantity';
import { CelError, noOverload, Opaque, type Value } from '../values';

import type { CelFunction, MethodTable } from './index';

const type = 'kubernetes.Quantity';

const quantity = (number: number): Opaque<number> => new Opaque(type, number, String(number));

/** What makes quantities. */
export const quantityFunctions: { readonly [name: string]: CelFunction } = {
  isQuantity: (value) =>
    typeof value === 'string' ? parseQuantity(value) !== undefined : noOverload('isQuantity'),
  quantity: (value) => {
    if (typeof value !== 'string') return noOverload('quantity');
    const number = parseQuantity(value);
    if (number === undefined) throw new CelError(`${value} is no quantity`);
    return quantity(number);
  },
};

const method =
  (name: string, apply: (number: number, other: number) => Value): CelFunction =>
  (value, other) => {
    if (!isQuantity(value)) return noOverload(name);
    return apply(value.content, isQuantity(other) ? other.content : Number(other));
  };

function isQuantity(value: Value): value is Opaque<number> {
  return value instanceof Opaque && value.type === type;
}

/** The methods of quantities. */
export const quantityMethods: MethodTable = {
  accepts: isQuantity,
  methods: {
    sign: method('sign', (number) => Math.sign(number)),
    isInteger: method('isInteger', (number) => Number.isInteger(number)),
    asInteger: method('asInteger', (number) => {
      if (!Number.isInteger(number)) throw new CelError('the quantity is no whole number');
      return number;
    }),
    asApproximateFloat: method('asApproximateFloat', (number) => number),
    add: method('add', (number, other) => quantity(number + other)),
    sub: method('sub', (number, other) => quantity(number - other)),
    isLessThan: method('isLessThan', (number, other) => number < other),
    isGreaterThan: method('isGreaterThan', (number, other) => number > other),
    compareTo: method('compareTo', (number, other) => Math.sign(number - other)),
  },
};
