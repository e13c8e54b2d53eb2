import { CelError, noOverload, type Value } from '../values';
import { expressionOf, matches, size } from './conversions';
import { format } from './format';
import type { MethodTable } from './index';

type Text = (value: string, ...args: never[]) => Value;

/** Checks the arguments of a method of texts: `t` a text, `n` a number; small letters may be left out. */
function method(name: string, signature: string, apply: Text): (...args: Value[]) => Value {
  const types = Array.from(signature);
  const least = types.filter((type) => type === type.toUpperCase()).length;
  return (value, ...args) => {
    const fits =
      args.length >= least &&
      args.length <= types.length &&
      args.every((argument, index) => hasType(argument, types[index]!));
    return typeof value === 'string' && fits ? apply(value, ...(args as never[])) : noOverload(name);
  };
}

function hasType(value: Value, type: string): boolean {
  return type.toUpperCase() === 'T' ? typeof value === 'string' : typeof value === 'number';
}

/** Positions in a text count characters, not the halves of them that JavaScript counts. */
function slice(text: string, from: number, to: number): string {
  const letters = Array.from(text);
  if (from < 0 || to > letters.length || from > to) throw new CelError(`index out of range: ${from}, ${to}`);
  return letters.slice(from, to).join('');
}

function position(
  text: string,
  part: string,
  from: number,
  find: (text: string, part: string, from: number) => number,
): number {
  const letters = Array.from(text);
  if (from < 0 || from > letters.length) throw new CelError(`index out of range: ${from}`);
  const unit = find(text, part, letters.slice(0, from).join('').length);
  return unit < 0 ? -1 : Array.from(text.slice(0, unit)).length;
}

function replace(text: string, from: string, to: string, limit = -1): string {
  if (limit < 0) return text.replaceAll(from, () => to);
  let count = 0;
  return text.replaceAll(from, () => (count++ < limit ? to : from));
}

function split(text: string, separator: string, limit = -1): string[] {
  const parts = separator === '' ? Array.from(text) : text.split(separator);
  if (limit === 0) return [];
  if (limit < 0 || parts.length <= limit) return parts;
  return [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)];
}

function findAll(text: string, pattern: string, limit = -1): string[] {
  const found = [...text.matchAll(new RegExp(expressionOf(pattern), 'gu'))].map((match) => match[0]);
  return limit < 0 ? found : found.slice(0, limit);
}

const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const upper = (text: string): string => text.replace(/[a-z]/g, (letter) => letter.toUpperCase());

/** The methods of texts. */
export const textMethods: MethodTable = {
  accepts: (value) => typeof value === 'string',
  methods: {
    size,
    matches,
    contains: method('contains', 'T', (text, part: string) => text.includes(part)),
    startsWith: method('startsWith', 'T', (text, part: string) => text.startsWith(part)),
    endsWith: method('endsWith', 'T', (text, part: string) => text.endsWith(part)),
    charAt: method('charAt', 'N', (text, at: number) =>
      at === Array.from(text).length ? '' : slice(text, at, at + 1),
    ),
    indexOf: method('indexOf', 'Tn', (text, part: string, from = 0) =>
      position(text, part, from, (a, b, c) => a.indexOf(b, c)),
    ),
    lastIndexOf: method('lastIndexOf', 'Tn', (text, part: string, from = Array.from(text).length) =>
      position(text, part, from, (a, b, c) => a.lastIndexOf(b, c)),
    ),
    lowerAscii: method('lowerAscii', '', lower),
    upperAscii: method('upperAscii', '', upper),
    replace: method('replace', 'TTn', replace),
    split: method('split', 'Tn', split),
    substring: method('substring', 'Nn', (text, from: number, to = Array.from(text).length) =>
      slice(text, from, to),
    ),
    trim: method('trim', '', (text) => text.trim()),
    reverse: method('reverse', '', (text) => Array.from(text).toReversed().join('')),
    find: method('find', 'T', (text, pattern: string) => expressionOf(pattern).exec(text)?.[0] ?? ''),
    findAll: method('findAll', 'Tn', findAll),
    format: (text, args) =>
      typeof text === 'string' && Array.isArray(args) ? format(text, args as Value[]) : noOverload('format'),
  },
};
