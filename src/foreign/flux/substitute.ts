import type { Json, JsonObject } from '../../estate';
import { annotationsOf, isMap, labelsOf } from '../../estate';
import { parseDocuments } from '../../yaml';

/** What stands for a value that nobody here can know: it is encrypted, or made elsewhere. */
export const unknownValue = 'not-known-here';

/** Whether a text holds something that nobody here can know. */
export function isUnknown(text: string): boolean {
  return text.includes(unknownValue);
}

/** The variables of a unit: their values, and whether there may be more of them. */
export interface Variables {
  readonly values: ReadonlyMap<string, string>;
  readonly complete: boolean;
}

const disabling = 'kustomize.toolkit.fluxcd.io/substitute';

/**
 * Put values in the place of `${…}`, as Flux does after the build. An expression without a value stays as it is: the
 * rule that looks for them reports it.
 */
export function substitute(body: JsonObject, variables: Variables): JsonObject {
  if (annotationsOf(body)[disabling] === 'disabled' || labelsOf(body)[disabling] === 'disabled') return body;
  return replaceIn(body, variables) as JsonObject;
}

function replaceIn(value: Json, variables: Variables): Json {
  if (typeof value === 'string') return value.includes('${') ? replaced(value, variables) : value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => replaceIn(item, variables));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [expand(key, variables), replaceIn(inner, variables)]),
  );
}

function replaced(text: string, variables: Variables): Json {
  const expanded = expand(text, variables);
  return expanded === text || text.includes('\n') ? expanded : reread(expanded);
}

/** Flux substitutes in YAML that has lost its quotes: what looks like a number or a boolean becomes one. */
function reread(text: string): Json {
  if (!/^(?:[-+.\w]+|"[^"]*"|'[^']*')$/.test(text)) return text;
  const value = parseDocuments(`value: ${text}\n`, '').documents[0]?.body['value'];
  return value === undefined || isMap(value) ? text : value;
}

/** What begins an expression: the dollars in front, and the name. */
const opening = /(\$*)\$\{(\w+)/g;

/** Put values in; a default may hold expressions again. */
function expand(text: string, variables: Variables): string {
  let result = '';
  let at = 0;
  for (;;) {
    opening.lastIndex = at;
    const match = opening.exec(text);
    const end = match ? closing(text, opening.lastIndex) : -1;
    if (!match || end < 0) return result + text.slice(at);
    const [whole, dollars = '', name = ''] = match;
    const rest = text.slice(match.index + whole.length, end);
    // An escaped expression stays escaped, so that the rule knows it for one.
    const value = dollars.length % 2 === 1 ? undefined : valueOf(name, rest, variables);
    result +=
      text.slice(at, match.index) +
      (value === undefined ? text.slice(match.index, end + 1) : dollars + value);
    at = end + 1;
  }
}

/** Where the brace is that closes an expression. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith('${', at)) depth += 1;
    if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

/** The value of `${name<rest>}`; undefined where it has none, so that Flux would fail. */
function valueOf(name: string, rest: string, variables: Variables): string | undefined {
  const { values, complete } = variables;
  const value = values.get(name);
  if (rest === '') return value ?? (complete ? undefined : unknownValue);
  const [, operator, otherwise = ''] = /^(:?[-=])([^]*)$/.exec(rest) ?? [];
  // Cutting and replacing is left to Flux: what comes out is not known here.
  if (operator === undefined) return value === undefined && complete ? undefined : unknownValue;
  const isSet = value !== undefined && (value !== '' || !operator.startsWith(':'));
  if (isSet) return value;
  return complete ? expand(otherwise, variables) : unknownValue;
}
