import { NOT_RESOLVED, Schema, defineScalarTag, mapTag, mergeTag, seqTag, strTag } from 'js-yaml';

const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ...spellings(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'], true),
  ...spellings(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'], false),
  ...spellings(['', '~', 'null', 'Null', 'NULL'], null),
]);

const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const BASES = [16, 2, 8, 10];
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const NOT_JSON = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** A number that JSON cannot hold, or that JavaScript would change. */
export class UnfitNumber extends Error {
  constructor(readonly source: string) {
    super(`the number ${source} cannot be kept exactly: write it in quotes if it is text`);
  }
}

/**
 * YAML as Kubernetes reads it (sigs.k8s.io/yaml, YAML 1.1 without its rarer types): `yes` and `on` are
 * booleans, `0777` is octal, dates and `12:30` are text, `<<` merges.
 */
export const KUBERNETES_SCHEMA = new Schema([
  strTag,
  seqTag,
  mapTag,
  mergeTag,
  wordTag('null', null),
  wordTag('bool', true, false),
  numberTag('int', integerOf),
  numberTag('float', floatOf),
]);

function spellings<Value>(words: readonly string[], value: Value): [string, Value][] {
  return words.map((word) => [word, value]);
}

function wordTag(name: string, ...values: (boolean | null)[]) {
  const words = [...WORDS].filter(([, value]) => values.includes(value));
  return defineScalarTag<boolean | null>(`tag:yaml.org,2002:${name}`, {
    implicit: true,
    implicitFirstChars: [...new Set(words.map(([word]) => word.charAt(0)))],
    resolve: (source) => {
      const value = WORDS.get(source);
      return value !== undefined && values.includes(value) ? value : NOT_RESOLVED;
    },
    identify: () => false,
  });
}

function numberTag(name: string, parse: (source: string) => number | undefined) {
  return defineScalarTag<number>(`tag:yaml.org,2002:${name}`, {
    implicit: true,
    implicitFirstChars: Array.from('+-.0123456789'),
    resolve: (source) => parse(source) ?? NOT_RESOLVED,
    identify: () => false,
  });
}

function integerOf(source: string): number | undefined {
  const match = INTEGER.exec(plainDigits(source));
  if (!match) return undefined;
  const base = BASES.findIndex((_, index) => match[index + 2] !== undefined);
  const value = Number.parseInt(match[base + 2] ?? '', BASES[base]);
  if (!Number.isSafeInteger(value) && String(value) !== match[5]) throw new UnfitNumber(source);
  return match[1] === '-' && value !== 0 ? -value : value;
}

function floatOf(source: string): number | undefined {
  if (NOT_JSON.test(source)) throw new UnfitNumber(source);
  const digits = plainDigits(source);
  if (!FLOAT.test(digits)) return undefined;
  if (!Number.isFinite(Number(digits))) throw new UnfitNumber(source);
  return Number(digits);
}

/** Underscores may stand between digits, but not in front of them behind a point. */
function plainDigits(source: string): string {
  return source.startsWith('.') ? source : source.replaceAll('_', '');
}
