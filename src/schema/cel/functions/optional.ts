import { size } from './conversions';
import { CelError, noOverload, Optional, type Value } from '../values';
import type { CelFunction, MethodTable } from './index';

/** The functions of `optional`. */
export const optionalNamespace: { readonly [name: string]: CelFunction } = {
  of: (value) => new Optional(value),
  none: () => Optional.none,
  ofNonZeroValue: (value) => (isZero(value) ? Optional.none : new Optional(value)),
};

function isZero(value: Value): boolean {
  if (value === null || value === 0 || value === false || value === '') return true;
  return (
    typeof value === 'object' &&
    value.constructor !== Optional &&
    (Array.isArray(value) || isPlain(value)) &&
    size(value) === 0
  );
}

function isPlain(value: object): boolean {
  return Object.getPrototypeOf(value) === Object.prototype;
}

const method =
  (name: string, apply: (value: Optional, ...args: Value[]) => Value): CelFunction =>
  (value, ...args) =>
    value instanceof Optional ? apply(value, ...args) : noOverload(name);

/** The methods of what may be absent. */
export const optionalMethods: MethodTable = {
  accepts: (value) => value instanceof Optional,
  methods: {
    hasValue: method('hasValue', ({ value }) => value !== undefined),
    orValue: method('orValue', ({ value }, fallback) => (value === undefined ? fallback : value)),
    or: method('or', (optional, fallback) => (optional.value === undefined ? fallback : optional)),
    value: method('value', ({ value }) => {
      if (value === undefined) throw new CelError('optional.none() dereference');
      return value;
    }),
  },
};
