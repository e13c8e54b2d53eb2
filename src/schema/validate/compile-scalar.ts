import type { Json } from '../../estate';
import { re2 } from '../pattern';
import type { SchemaNode } from '../types';
import { equal } from '../../estate/equal';
import { formatNamed, isBase64, type Format } from './formats';
import { nearest } from '../nearest';
import { parseQuantity } from './quantity';
import type { Check, Scope } from './scope';
import { show } from './violation';

/** The checks of a node that look at a text or a number. */
export function scalarChecks(node: SchemaNode, scope: Scope): Check[] {
  return [...numberChecks(node, scope), ...textChecks(node, scope)];
}

/** The checks of a node that look at any value as a whole. */
export function anyChecks(node: SchemaNode, scope: Scope): Check[] {
  const isJudged = node.enum && node.enum.length > 0 && scope.reading !== 'decoded';
  return isJudged ? [oneOfValues(node.enum, scope)] : [];
}

function oneOfValues(values: readonly Json[], scope: Scope): Check {
  const known = new Set(values);
  return (value, run) => {
    if (known.has(value) || (scope.reading === 'core' && value === '')) return;
    if (typeof value === 'object' && values.some((candidate) => equal(candidate, value))) return;
    const texts = values.filter((candidate) => typeof candidate === 'string' && candidate !== '') as string[];
    const near = typeof value === 'string' ? nearest(value, texts) : undefined;
    const list = values
      .map((candidate) =>
        candidate === '' ? '""' : typeof candidate === 'string' ? candidate : JSON.stringify(candidate),
      )
      .join(', ');
    run.report(
      'schema',
      `${show(value)} is none of the allowed values`,
      near ? `write ${near}` : `write one of: ${list}`,
    );
  };
}

/** The whole numbers that Go's types hold; a custom resource's format is not kept to. */
const ranges: { readonly [format: string]: readonly [number, number] } = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [-(2 ** 63), 2 ** 63],
};

function numberChecks(node: SchemaNode, scope: Scope): Check[] {
  const checks: Check[] = [];
  const range =
    scope.reading === 'custom'
      ? undefined
      : ranges[node.format ?? (node['x-kubernetes-int-or-string'] ? 'int32' : '')];
  if (range) checks.push(within(...range));
  if (node.minimum !== undefined) checks.push(bound(node.minimum, node.exclusiveMinimum === true, 1));
  if (node.maximum !== undefined) checks.push(bound(node.maximum, node.exclusiveMaximum === true, -1));
  const factor = node.multipleOf;
  if (factor !== undefined) {
    checks.push((value, run) => {
      if (typeof value !== 'number' || Math.abs(value / factor - Math.round(value / factor)) < 1e-9) return;
      run.report('schema', `${value} is no multiple of ${factor}`, `write a multiple of ${factor}`);
    });
  }
  return checks;
}

function within(lowest: number, highest: number): Check {
  return (value, run) => {
    if (typeof value !== 'number' || (value >= lowest && value <= highest)) return;
    run.report(
      'schema',
      `${value} does not fit into the field`,
      `write a number from ${lowest} to ${highest}`,
    );
  };
}

/** A lower bound where the sign is 1, an upper one where it is -1. */
function bound(limit: number, exclusive: boolean, sign: 1 | -1): Check {
  const words = `${sign > 0 ? 'at least' : 'at most'} ${limit}`;
  const rule = exclusive ? `${sign > 0 ? 'more' : 'less'} than ${limit}` : words;
  return (value, run) => {
    if (typeof value !== 'number') return;
    const difference = (value - limit) * sign;
    if (difference > 0 || (difference === 0 && !exclusive)) return;
    run.report('schema', `${value} is out of range`, `write a number that is ${rule}`);
  };
}

function textChecks(node: SchemaNode, scope: Scope): Check[] {
  const checks: Check[] = [];
  const { minLength = 0, maxLength = Infinity } = node;
  if (minLength > 0 || maxLength < Infinity) checks.push(lengthWithin(minLength, maxLength));
  if (node.format === 'quantity') checks.push(quantity);
  else if (node.pattern !== undefined) checks.push(matching(node.pattern));
  const format = formatOf(node, scope);
  if (format) {
    checks.push((value, run) => {
      if (typeof value !== 'string' || format.test(value)) return;
      run.report('schema', `${show(value)} is not in the format ${node.format}`, `write ${format.example}`);
    });
  }
  return checks;
}

/** Go reads base64, also none at all. */
const bytes: Format = { test: isBase64, example: 'base64 text' };

function formatOf(node: SchemaNode, scope: Scope): Format | undefined {
  if (scope.reading === 'custom') return formatNamed(node.format);
  if (node.format === 'byte') return bytes;
  return node.format === 'date-time' ? formatNamed(node.format) : undefined;
}

function lengthWithin(shortest: number, longest: number): Check {
  return (value, run) => {
    if (typeof value !== 'string') return;
    // Every code point takes one or two units, so most texts need no counting.
    if (value.length >= shortest * 2 && value.length <= longest) return;
    const length = Array.from(value).length;
    if (length < shortest)
      run.report('schema', tooShort(length, shortest), `write at least ${shortest} characters`);
    if (length > longest)
      run.report('schema', `the text is ${length} characters long`, `write at most ${longest} characters`);
  };
}

function tooShort(length: number, shortest: number): string {
  return length === 0 ? 'the text is empty' : `the text has ${length} characters of at least ${shortest}`;
}

function matching(pattern: string): Check {
  let expression: RegExp | undefined;
  try {
    expression = re2(pattern);
  } catch {
    // A pattern that JavaScript cannot express is left to the server: a false alarm would be worse than a miss.
    return () => {};
  }
  return (value, run) => {
    if (typeof value !== 'string' || expression.test(value)) return;
    run.report('schema', `${show(value)} does not match ${pattern}`, `write a text that matches ${pattern}`);
  };
}

const quantity: Check = (value, run) => {
  if (parseQuantity(value) !== undefined) return;
  run.report(
    'schema',
    `${show(value)} is no quantity`,
    'write a number with an optional unit, e.g. 500m, 1.5, 64Mi or 2Gi',
  );
};
