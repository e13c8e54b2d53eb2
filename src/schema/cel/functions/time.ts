import { Duration, noOverload, Timestamp, Unsupported, type Value } from '../values';
import type { CelFunction, MethodTable } from './index';

type Read = (date: Date, time: Timestamp) => number;

const ofTime: { readonly [name: string]: Read } = {
  getFullYear: (date) => date.getUTCFullYear(),
  getMonth: (date) => date.getUTCMonth(),
  getDate: (date) => date.getUTCDate(),
  getDayOfMonth: (date) => date.getUTCDate() - 1,
  getDayOfWeek: (date) => date.getUTCDay(),
  getDayOfYear: (date) =>
    Math.floor(
      (Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) -
        Date.UTC(date.getUTCFullYear(), 0)) /
        86_400_000,
    ),
  getHours: (date) => date.getUTCHours(),
  getMinutes: (date) => date.getUTCMinutes(),
  getSeconds: (date) => date.getUTCSeconds(),
  getMilliseconds: (_, time) => Math.floor(time.nanoseconds / 1e6),
};

const ofDuration: { readonly [name: string]: number } = {
  getHours: 3600,
  getMinutes: 60,
  getSeconds: 1,
  getMilliseconds: 1e-3,
};

function method(name: string): CelFunction {
  return (value: Value, zone: Value) => {
    const unit = ofDuration[name];
    if (value instanceof Duration && unit !== undefined) return Math.trunc(value.seconds / unit);
    if (!(value instanceof Timestamp)) return noOverload(name);
    if (zone !== undefined && zone !== 'UTC') throw new Unsupported('only UTC is known as a time zone');
    return ofTime[name]!(new Date(value.milliseconds), value);
  };
}

/** The methods of moments and of spans of time. */
export const timeMethods: MethodTable = {
  accepts: (value) => value instanceof Timestamp || value instanceof Duration,
  methods: Object.fromEntries(Object.keys(ofTime).map((name) => [name, method(name)])),
};
