/** A value while an expression is evaluated: JSON, or one of the classes below. Whole numbers and doubles are both numbers. */
export type Value = unknown;

/** What an expression itself makes go wrong: on the server, a rule that ends so refuses the object. */
export class CelError extends Error {}

/** What is not known here: on the server it may well work, so the rule must be skipped. */
export class Unsupported extends Error {}

/** A span of time, in seconds. */
export class Duration {
  constructor(readonly seconds: number) {}
}

/** A moment, in milliseconds since 1970 and the nanoseconds of its last second. */
export class Timestamp {
  constructor(
    readonly milliseconds: number,
    readonly nanoseconds: number,
  ) {}
}

/** A value that may be absent. */
export class Optional {
  static readonly none = new Optional(undefined);

  constructor(readonly value: Value) {}
}

/** The type of a value, as `type(x)` gives it. */
export class TypeValue {
  constructor(readonly name: string) {}
}

/** A value of one of Kubernetes' own types: its name and what it consists of. */
export class Opaque<T = unknown> {
  constructor(
    readonly type: string,
    readonly content: T,
    /** The same for equal values alone. */
    readonly identity: string,
  ) {}
}

/** A map or an object. */
export type CelMap = { readonly [key: string]: Value };

/** Whether a value is a map or an object. */
export function isMap(value: Value): value is CelMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isClassed(value);
}

function isClassed(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== Object.prototype && prototype !== null;
}

/** The type of a value, in CEL's words. */
export function typeName(value: Value): string {
  if (value === null) return 'null_type';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'double';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof Duration) return 'google.protobuf.Duration';
  if (value instanceof Timestamp) return 'google.protobuf.Timestamp';
  if (value instanceof Optional) return 'optional_type';
  if (value instanceof TypeValue) return 'type';
  if (value instanceof Opaque) return value.type;
  return 'map';
}

/** Ends the evaluation as the server does where a function is not made for these types. */
export function noOverload(name: string): never {
  throw new CelError(`no such overload: ${name}`);
}

/** Whether two values are the same. Lists compare in order; the schema may say that order means nothing. */
export function equals(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left))
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, index) => equals(item, right[index]))
    );
  if (left instanceof Duration) return right instanceof Duration && left.seconds === right.seconds;
  if (left instanceof Timestamp) return right instanceof Timestamp && compareTimes(left, right) === 0;
  if (left instanceof Opaque)
    return right instanceof Opaque && left.type === right.type && left.identity === right.identity;
  if (left instanceof TypeValue) return right instanceof TypeValue && left.name === right.name;
  if (left instanceof Uint8Array) return right instanceof Uint8Array && Buffer.compare(left, right) === 0;
  if (left instanceof Optional) return right instanceof Optional && equals(left.value, right.value);
  return isMap(left) && isMap(right) && equalMaps(left, right);
}

function equalMaps(left: CelMap, right: CelMap): boolean {
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && equals(left[key], right[key]))
  );
}

/** Below zero, zero or above, as the left moment is before, at or after the right one. */
export function compareTimes(left: Timestamp, right: Timestamp): number {
  return left.milliseconds - right.milliseconds || left.nanoseconds - right.nanoseconds;
}

/** The same for two values of any one type that has an order. */
export function compare(left: Value, right: Value): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string')
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  if (left instanceof Duration && right instanceof Duration) return left.seconds - right.seconds;
  if (left instanceof Timestamp && right instanceof Timestamp) return compareTimes(left, right);
  if (left instanceof Uint8Array && right instanceof Uint8Array) return Buffer.compare(left, right);
  return noOverload('_<_');
}
