import type { Json, JsonObject } from '../estate';
import { toYaml } from '../yaml';
import { ChartProblem } from './problem';

/** What a template is rendered with. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly values: JsonObject;
}

/**
 * Renders a template as Helm does, as far as `HelmChart` uses its language: fields, texts, `index`, `toYaml`, `quote` and
 * `nindent`, and a whole file that hangs on a number.
 *
 * @throws {ChartProblem} for a value that is not there, and for anything else of the language.
 */
export function renderTemplate(text: string, release: Release): string {
  const [, path, least = '', body] = whole.exec(text) ?? [];
  if (path !== undefined && body !== undefined)
    return Number(operandOf(path, rootOf(release))) > Number(least) ? renderActions(body, release) : '';
  return renderActions(text, release);
}

/** A template that is there only where a number is large enough. */
const whole = /^\{\{- if gt \(int (\.Values\.\w+)\) (\d+) \}\}\n([^]*)\{\{- end \}\}\n$/;

function renderActions(text: string, release: Release): string {
  const root = rootOf(release);
  return text.replaceAll(action, (_, before: string, trims: string, expression: string) => {
    return `${trims === '' ? before : ''}${textOf(evaluate(expression, root))}`;
  });
}

function rootOf({ name, namespace, values }: Release): JsonObject {
  return { Values: values, Release: { Name: name, Namespace: namespace, Service: 'Helm' } };
}

/** The paths of the values that a template reads. */
export function valuesReadBy(text: string): readonly string[] {
  return Array.from(text.matchAll(action), ([, , , expression = '']) => expression).flatMap((expression) => {
    const [operand = ''] = partsOf(expression);
    const [, path, key] = /\.Values\.([\w.]+)(?: `([^`]*)`)?$/.exec(operand) ?? [];
    return path === undefined ? [] : [key === undefined ? path : `${path}.${key}`];
  });
}

/** `{{ … }}` and the white space before it, which `{{-` takes away; a text inside may hold braces. */
const action = /(\s*)\{\{(-?)\s*((?:"[^"]*"|`[^`]*`|[^"`}])*?)\s*\}\}/g;

function evaluate(expression: string, root: JsonObject): Json {
  const [operand = '', ...functions] = partsOf(expression);
  let value = operandOf(operand, root);
  for (const call of functions) {
    const [name = '', argument] = call.split(' ');
    const apply = known[name];
    if (!apply) throw unknown(call);
    value = apply(value, Number(argument));
  }
  return value;
}

function partsOf(expression: string): string[] {
  return (expression.match(/(?:"[^"]*"|`[^`]*`|[^|"`])+/g) ?? []).map((part) => part.trim());
}

function textOf(value: Json): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

const known: { readonly [name: string]: (value: Json, argument: number) => string } = {
  quote: (value) => JSON.stringify(textOf(value)),
  nindent: (value, depth) => `\n${textOf(value)}`.replaceAll('\n', `\n${' '.repeat(depth)}`),
};

function operandOf(operand: string, root: JsonObject): Json {
  if (/^"[^"]*"$/.test(operand)) return JSON.parse(operand) as string;
  const [, call, path, key] = /^(toYaml |index )?\.([\w.]+)(?: `([^`]*)`)?$/.exec(operand) ?? [];
  if (path === undefined || (call === 'index ') !== (key !== undefined)) throw unknown(operand);
  const value = [...path.split('.'), ...(key === undefined ? [] : [key])].reduce<Json | undefined>(
    fieldOf,
    root,
  );
  if (value === undefined)
    throw new ChartProblem(`a template reads ${operand}, which values.yaml does not have`);
  return call === 'toYaml ' ? toYaml(value).trimEnd() : value;
}

function fieldOf(value: Json | undefined, name: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)[name]
    : undefined;
}

function unknown(what: string): ChartProblem {
  return new ChartProblem(`a template says {{ ${what} }}, which is not known here: have HelmChart write it`);
}
