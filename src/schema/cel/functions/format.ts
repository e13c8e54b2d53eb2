import { CelError, isMap, Unsupported, type Value } from '../values';
import { conversions } from './conversions';

/** `'%s has %d'.format([a, b])`. */
export function format(template: string, args: readonly Value[]): string {
  let used = 0;
  const text = template.replace(
    /%(?:%|(?:\.(\d+))?([sdfexXbo]))/g,
    (clause, precision: string | undefined, verb: string | undefined) => {
      if (verb === undefined) return '%';
      if (used >= args.length) throw new CelError(`no argument for ${clause}`);
      return verbs[verb]!(args[used++], Number(precision ?? 6));
    },
  );
  return text;
}

const verbs: { readonly [verb: string]: (value: Value, precision: number) => string } = {
  s: plain,
  d: (value) => String(number(value)),
  f: (value, precision) => number(value).toFixed(precision),
  e: (value, precision) =>
    number(value)
      .toExponential(precision)
      .replace(/e([+-])(\d)$/, 'e$10$2'),
  b: (value) => (typeof value === 'boolean' ? String(Number(value)) : number(value).toString(2)),
  o: (value) => number(value).toString(8),
  x: hexadecimal,
  X: (value) => hexadecimal(value).toUpperCase(),
};

function number(value: Value): number {
  if (typeof value !== 'number') throw new CelError('only numbers can be formatted so');
  return value;
}

function hexadecimal(value: Value): string {
  if (typeof value === 'string' || value instanceof Uint8Array)
    return Buffer.from(value as string).toString('hex');
  return number(value).toString(16);
}

function plain(value: Value): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map(plain).join(', ')}]`;
  if (isMap(value)) {
    const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${key}: ${plain(item)}`).join(', ')}}`;
  }
  if (typeof value === 'object' && !(value instanceof Uint8Array)) return classed(value);
  return conversions.string(value);
}

function classed(value: object): string {
  try {
    return conversions.string(value);
  } catch {
    throw new Unsupported('this value cannot be formatted');
  }
}
