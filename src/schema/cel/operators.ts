import { canonical } from '../../estate/equal';
import type { Json } from '../../estate';
import type { Compiled, Slots } from './variables';
import { dyn, double, int, type StaticType } from './types';
import { CelError, compare, Duration, equals, isMap, noOverload, Timestamp, type Value } from './values';

const other: StaticType = { kind: 'other' };

/** An operator between two expressions. */
export function binary(operator: string, left: Compiled, right: Compiled): Compiled {
  if (operator === '&&' || operator === '||')
    return { evaluate: logical(operator === '||', left, right), type: other };
  const apply = operations(operator, left.type, right.type);
  const evaluate = (slots: Slots): Value => apply(left.evaluate(slots), right.evaluate(slots));
  return { evaluate, type: resultType(operator, left.type, right.type) };
}

type Operation = (left: Value, right: Value) => Value;

function operations(operator: string, left: StaticType, right: StaticType): Operation {
  if (operator === '==') return equality(left, right);
  if (operator === '!=') return negated(equality(left, right));
  if (operator === '+') return addition(left);
  if (operator === '/') return left.kind === 'double' || right.kind === 'double' ? divideDoubles : divide;
  return plainOperations[operator]!;
}

const plainOperations: { readonly [operator: string]: Operation } = {
  '<': (left, right) => compare(left, right) < 0,
  '<=': (left, right) => compare(left, right) <= 0,
  '>': (left, right) => compare(left, right) > 0,
  '>=': (left, right) => compare(left, right) >= 0,
  in: contains,
  '-': subtract,
  '*': multiply,
  '%': remainder,
};

function resultType(operator: string, left: StaticType, right: StaticType): StaticType {
  if (!['+', '-', '*', '/', '%'].includes(operator)) return other;
  if (left.kind === 'double' || right.kind === 'double') return double;
  if (left.kind === 'int' && right.kind === 'int') return int;
  return operator === '+' && left.kind === 'list' ? left : dyn;
}

/** An error on one side does not matter where the other side decides, whichever comes first. */
function logical(decisive: boolean, left: Compiled, right: Compiled): (slots: Slots) => Value {
  const name = decisive ? '_||_' : '_&&_';
  return (slots) => {
    let failed: unknown;
    try {
      const value = left.evaluate(slots);
      if (value === decisive) return decisive;
      if (typeof value !== 'boolean') noOverload(name);
    } catch (error) {
      if (!(error instanceof CelError)) throw error;
      failed = error;
    }
    const value = right.evaluate(slots);
    if (value === decisive) return decisive;
    if (failed) throw failed as CelError;
    return typeof value === 'boolean' ? value : noOverload(name);
  };
}

function negated(operation: Operation): Operation {
  return (left, right) => !operation(left, right);
}

/** Lists that the schema calls sets or maps are the same whatever the order of their items. */
function equality(left: StaticType, right: StaticType): Operation {
  const identity = left.identity ?? right.identity;
  if (!identity) return equals;
  return (a, b) =>
    Array.isArray(a) && Array.isArray(b) ? equals(sorted(a, identity), sorted(b, identity)) : equals(a, b);
}

function sorted(items: readonly Value[], identity: 'set' | readonly string[]): Value[] {
  return items.toSorted((a, b) => (identify(a, identity) < identify(b, identity) ? -1 : 1));
}

function identify(item: Value, identity: 'set' | readonly string[]): string {
  if (identity === 'set' || !isMap(item)) return canonical(item as Json);
  return identity.map((key) => canonical((item[key] ?? null) as Json)).join();
}

function addition(left: StaticType): Operation {
  const { identity } = left;
  return (a, b) => {
    if (Array.isArray(a) && Array.isArray(b))
      return identity ? merged(a, b, identity) : [...(a as Value[]), ...(b as Value[])];
    if (typeof a === 'number' && typeof b === 'number') return bounded(a + b);
    if (typeof a === 'string' && typeof b === 'string') return a + b;
    if (a instanceof Duration && b instanceof Duration) return new Duration(a.seconds + b.seconds);
    if (a instanceof Timestamp && b instanceof Duration) return shifted(a, b.seconds);
    if (a instanceof Duration && b instanceof Timestamp) return shifted(b, a.seconds);
    if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.concat([a, b]);
    return noOverload('_+_');
  };
}

/** The items of both lists; where both have one of the same identity, the second list's. */
function merged(
  left: readonly Value[],
  right: readonly Value[],
  identity: 'set' | readonly string[],
): Value[] {
  const result = new Map(left.map((item) => [identify(item, identity), item]));
  for (const item of right) result.set(identify(item, identity), item);
  return [...result.values()];
}

function shifted(time: Timestamp, seconds: number): Timestamp {
  return new Timestamp(time.milliseconds + seconds * 1000, time.nanoseconds);
}

function subtract(left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return bounded(left - right);
  if (left instanceof Duration && right instanceof Duration)
    return new Duration(left.seconds - right.seconds);
  if (left instanceof Timestamp && right instanceof Duration) return shifted(left, -right.seconds);
  if (left instanceof Timestamp && right instanceof Timestamp) {
    return new Duration(
      (left.milliseconds - right.milliseconds) / 1000 + (left.nanoseconds - right.nanoseconds) / 1e9,
    );
  }
  return noOverload('_-_');
}

function multiply(left: Value, right: Value): Value {
  return typeof left === 'number' && typeof right === 'number' ? bounded(left * right) : noOverload('_*_');
}

function divideDoubles(left: Value, right: Value): Value {
  return typeof left === 'number' && typeof right === 'number' ? left / right : noOverload('_/_');
}

function divide(left: Value, right: Value): Value {
  if (typeof left !== 'number' || typeof right !== 'number') return noOverload('_/_');
  if (!Number.isInteger(left) || !Number.isInteger(right)) return left / right;
  if (right === 0) throw new CelError('division by zero');
  return Math.trunc(left / right);
}

function remainder(left: Value, right: Value): Value {
  if (typeof left !== 'number' || typeof right !== 'number') return noOverload('_%_');
  if (right === 0) throw new CelError('modulus by zero');
  return left % right;
}

/** Whole numbers have 64 bits; beyond that the server ends the evaluation. */
function bounded(value: number): number {
  if (Number.isInteger(value) && Math.abs(value) > 2 ** 63) throw new CelError('integer overflow');
  return value;
}

function contains(item: Value, container: Value): boolean {
  if (Array.isArray(container)) return container.some((candidate) => equals(candidate, item));
  if (isMap(container))
    return ['string', 'number', 'boolean'].includes(typeof item) && Object.hasOwn(container, item as string);
  return noOverload('_in_');
}
