import { re2 } from '../../pattern';
import { toDuration, toTimestamp } from '../convert';
import {
  CelError,
  Duration,
  isMap,
  noOverload,
  Timestamp,
  TypeValue,
  typeName,
  Unsupported,
  type Value,
} from '../values';

/** What turns a value of one type into one of another, and what works for values of any type. */
export const conversions = {
  size: (value: Value) => size(value),
  int: (value: Value) => toInteger(value, -(2 ** 63)),
  uint: (value: Value) => toInteger(value, 0),
  double: (value: Value) => toDouble(value),
  string: (value: Value) => toText(value),
  bool: (value: Value) => toBoolean(value),
  bytes: (value: Value) =>
    typeof value === 'string'
      ? Buffer.from(value)
      : value instanceof Uint8Array
        ? value
        : noOverload('bytes'),
  duration: (value: Value) =>
    typeof value === 'string'
      ? toDuration(value)
      : value instanceof Duration
        ? value
        : noOverload('duration'),
  timestamp: (value: Value) => toTime(value),
  type: (value: Value) => new TypeValue(typeName(value)),
  dyn: (value: Value) => value,
  matches: (text: Value, pattern: Value) => matches(text, pattern),
};

/** The number of characters, items or keys. */
export function size(value: Value): number {
  if (typeof value === 'string') return Array.from(value).length;
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length;
  return isMap(value) ? Object.keys(value).length : noOverload('size');
}

function toInteger(value: Value, lowest: number): number {
  const number = integerOf(value);
  if (number < lowest || Math.abs(number) > 2 ** 63) throw new CelError('integer out of range');
  return number;
}

function integerOf(value: Value): number {
  if (typeof value === 'number') return Math.trunc(value);
  if (value instanceof Timestamp) return Math.floor(value.milliseconds / 1000);
  if (typeof value !== 'string') return noOverload('int');
  if (!/^[+-]?\d+$/.test(value)) throw new CelError(`${value} is no whole number`);
  return Number(value);
}

function toDouble(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return noOverload('double');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(value)) throw new CelError(`${value} is no number`);
  return Number(value);
}

function toBoolean(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return noOverload('bool');
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(value)) return true;
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(value)) return false;
  throw new CelError(`${value} is neither true nor false`);
}

function toTime(value: Value): Timestamp {
  if (value instanceof Timestamp) return value;
  if (typeof value === 'number') return new Timestamp(value * 1000, 0);
  return typeof value === 'string' ? toTimestamp(value) : noOverload('timestamp');
}

function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString();
  if (value instanceof Duration) return `${value.seconds}s`;
  if (value instanceof Timestamp) return timeText(value);
  return noOverload('string');
}

function timeText({ milliseconds, nanoseconds }: Timestamp): string {
  const fraction = nanoseconds === 0 ? '' : `.${String(nanoseconds).padStart(9, '0').replace(/0+$/, '')}`;
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, `${fraction}Z`);
}

/** Whether a text has a part that matches. */
export function matches(text: Value, pattern: Value): boolean {
  if (typeof text !== 'string' || typeof pattern !== 'string') return noOverload('matches');
  return expressionOf(pattern).test(text);
}

/** A pattern, made ready; one that JavaScript cannot express makes the rule one that is skipped. */
export function expressionOf(pattern: string): RegExp {
  try {
    return re2(pattern);
  } catch (error) {
    throw new Unsupported(`the pattern ${pattern} cannot be read: ${(error as Error).message}`);
  }
}
