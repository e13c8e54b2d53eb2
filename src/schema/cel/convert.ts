import { parseDuration, isDateTime } from '../validate/formats';
import type { StaticType } from './types';
import { CelError, Duration, Timestamp, type Value } from './values';

/** How a value that the schema describes is read: dates, durations and bytes are texts in JSON alone. */
export function convert(type: StaticType): (value: Value) => Value {
  return converters[type.kind] ?? same;
}

const same = (value: Value): Value => value;

const converters: { readonly [kind: string]: (value: Value) => Value } = {
  timestamp: (value) => (typeof value === 'string' ? toTimestamp(value) : value),
  date: (value) => (typeof value === 'string' ? toTimestamp(`${value}T00:00:00Z`) : value),
  duration: (value) => (typeof value === 'string' ? toDuration(value) : value),
  bytes: (value) => (typeof value === 'string' ? Buffer.from(value, 'base64') : value),
};

/** The moment that a text in RFC 3339 stands for. */
export function toTimestamp(text: string): Timestamp {
  if (!isDateTime(text)) throw new CelError(`${text} is no timestamp`);
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? '';
  const whole = Date.parse(text.toUpperCase().replace(/\.\d+/, ''));
  return new Timestamp(whole, Number(fraction.padEnd(9, '0').slice(0, 9)));
}

/** The span that a text as Go writes it stands for. */
export function toDuration(text: string): Duration {
  const seconds = parseDuration(text);
  if (seconds === undefined) throw new CelError(`${text} is no duration`);
  return new Duration(seconds);
}
