import type { Json, JsonObject } from '../../estate';
import { contains, readLegacyAddress, readLegacyRange } from '../validate/addresses';
import { labelKey, labelValue, portName, type TextCheck } from '../validate/names';
import { parseQuantity } from '../validate/quantity';
import { isObject } from '../validate/scope';
import { show } from '../validate/violation';

/** What a field of a type must be, beyond what its schema says. */
export interface FieldRule {
  /** What is wrong with a value, as the end of a sentence about it; undefined where nothing is. */
  readonly problem: (value: Json) => string | undefined;
  /** What to write instead. */
  readonly fix: string;
}

/** A text that passes a check. */
export function text(check: TextCheck, example: string): FieldRule {
  return {
    problem: (value) => (typeof value === 'string' ? check(value) : undefined),
    fix: `write e.g. ${example}`,
  };
}

/** A text of a certain shape. */
export function shape(pattern: RegExp, words: string, example: string): FieldRule {
  return text((value) => (pattern.test(value) ? undefined : `must be ${words}`), example);
}

/** A number between two others; texts beside it are left alone. */
export function range(lowest: number, highest: number): FieldRule {
  const outside = (value: Json): boolean => typeof value === 'number' && (value < lowest || value > highest);
  const words = highest === Infinity ? `at least ${lowest}` : `from ${lowest} to ${highest}`;
  return {
    problem: (value) => (outside(value) ? `must be ${words}` : undefined),
    fix: `write a number ${words}`,
  };
}

/** One of a few texts. */
export function values(...allowed: readonly string[]): FieldRule {
  const known = new Set<Json>(allowed);
  return {
    problem: (value) => (known.has(value) ? undefined : 'is none of the allowed values'),
    fix: `write one of: ${allowed.join(', ')}`,
  };
}

/** A list of which every item keeps a rule. */
export function each(rule: FieldRule): FieldRule {
  const problem = (value: Json): string | undefined => {
    if (!Array.isArray(value)) return undefined;
    for (const item of value as readonly Json[]) {
      const found = rule.problem(item ?? '');
      if (found) return `has ${show(item)}, which ${found}`;
    }
    return undefined;
  };
  return { problem, fix: rule.fix };
}

/** Both rules. */
export function both(first: FieldRule, second: FieldRule): FieldRule {
  return { problem: (value) => first.problem(value) ?? second.problem(value), fix: first.fix };
}

/** A list that is not too long. */
export function atMost(count: number): FieldRule {
  const problem = (value: Json): string | undefined =>
    Array.isArray(value) && value.length > count
      ? `has ${value.length} items of at most ${count}`
      : undefined;
  return { problem, fix: `write at most ${count}` };
}

/** A list without repetitions. */
export const distinct: FieldRule = {
  problem: (value) =>
    Array.isArray(value) && duplicate(value.map(asText)) ? 'has a value twice' : undefined,
  fix: 'remove one of them',
};

/** A map of labels. */
export const labels: FieldRule = {
  problem: (value) => {
    if (!isObject(value)) return undefined;
    for (const [key, label] of Object.entries(value)) {
      const found = labelKey(key);
      if (found) return `has the key ${key}, which ${found}`;
      const wrong = typeof label === 'string' ? labelValue(label) : undefined;
      if (wrong) return `has the value ${show(label)}, which ${wrong}`;
    }
    return undefined;
  },
  fix: 'write labels like app.kubernetes.io/name: my-app',
};

/** Never below zero. */
export const notNegative = range(0, Infinity);

/** The number of a port. */
export const port = range(1, 65_535);

/** The number of a port, or its name. */
export const portOrName: FieldRule = {
  problem: (value) => (typeof value === 'string' ? portName(value) : port.problem(value)),
  fix: 'write a number from 1 to 65535 or the name of a port',
};

/** A whole number, not below zero, or a percentage. */
export const countOrPercent: FieldRule = {
  problem: (value) => {
    if (typeof value === 'string')
      return /^[0-9]+%$/.test(value) ? undefined : 'must be a number or a percentage';
    return typeof value === 'number' && value < 0 ? 'must not be negative' : undefined;
  },
  fix: 'write a number or a percentage, e.g. 1 or "25%"',
};

/** The same, and not above all of them. */
export const countOrPart: FieldRule = both(countOrPercent, {
  problem: (value) =>
    typeof value === 'string' && Number(value.slice(0, -1)) > 100 ? 'must not be above 100%' : undefined,
  fix: 'write a number or a percentage, e.g. 1 or "25%"',
});

/** An IP address. */
export const ipAddress = text(
  (value) => (readLegacyAddress(value) ? undefined : 'must be an IP address'),
  '10.0.0.1',
);

const special = [
  '0.0.0.0/32',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/24',
  '::/128',
  '::1/128',
  'fe80::/10',
  'ff02::/16',
].map((range) => readLegacyRange(range)!);

/** An IP address that other machines can reach. */
export const outerAddress = text((value) => {
  const address = readLegacyAddress(value);
  if (!address) return 'must be an IP address';
  return special.some((range) => contains(range, address))
    ? 'must not be a loopback, link-local or unspecified address'
    : undefined;
}, '10.0.0.1');

/** A range of addresses. */
export const cidr = text(
  (value) => (readLegacyRange(value) ? undefined : 'must be a range of addresses'),
  '10.0.0.0/8',
);

/** A path from the root. */
export const absolutePath = text(
  (value) => (value.startsWith('/') ? undefined : 'must start with /'),
  '/data',
);

/** A path below some folder, from which it cannot get out. */
export const innerPath = text((value) => {
  if (value.startsWith('/')) return 'must not start with /';
  return value.split('/').includes('..') ? 'must not contain ..' : undefined;
}, 'folder/file');

/** A path without a way up. */
export const noWayUp = text(
  (value) => (value.split('/').includes('..') ? 'must not contain ..' : undefined),
  '/var/lib/data',
);

/** The permissions of a file. */
export const fileMode = range(0, 0o777);

/** The number of a user or group. */
export const userId = range(0, 2 ** 31 - 1);

/** A key of a label. */
export const key = text(labelKey, 'topology.kubernetes.io/zone');

/** An amount that is not negative. */
export const amount: FieldRule = {
  problem: (value) => ((parseQuantity(value) ?? 0) < 0 ? 'must not be negative' : undefined),
  fix: 'write e.g. 500m or 64Mi',
};

/** An amount above zero. */
export const positiveAmount: FieldRule = {
  problem: (value) => ((parseQuantity(value) ?? 1) <= 0 ? 'must be more than zero' : undefined),
  fix: 'write e.g. 1Gi',
};

/** The objects in a list; nothing where it is none. */
export function objects(value: Json | undefined): readonly JsonObject[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).map((item) => (isObject(item) ? item : {}));
}

/** An object, or an empty one where it is none. */
export function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** Whether Go would see nothing in a field: absent, null, or an empty text or list. */
export function isEmpty(value: Json | undefined): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}

/** Whether a pointer in Go would point at something. */
export function isSet(value: Json | undefined): boolean {
  return value !== undefined && value !== null;
}

/** The first value that occurs twice, with its second place. */
export function duplicate(
  keys: readonly (string | undefined)[],
): { readonly key: string; readonly index: number } | undefined {
  const seen = new Set<string>();
  for (const [index, candidate] of keys.entries()) {
    if (candidate === undefined) continue;
    if (seen.has(candidate)) return { key: candidate, index };
    seen.add(candidate);
  }
  return undefined;
}

/** A value as text; nothing where there is nothing. */
export function asText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A value where it is a text with something in it. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
