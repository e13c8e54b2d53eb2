import type { Json, JsonObject } from '../estate';
import { blockScalar, fitsBlock, inlineScalar } from './scalar';

/** What Kubernetes' people expect to read first. */
const FIRST_KEYS = ['apiVersion', 'kind', 'metadata'];

/** YAML readers refuse longer keys unless a question mark announces them. */
const LONGEST_KEY = 1000;

const INDENTS: string[] = ['\n'];
const KEYS = new Map<string, string>();
const KEYS_KEPT = 20_000;

/**
 * A value as YAML text. The same value gives the same text, whatever the order of its keys: they are sorted,
 * after `apiVersion`, `kind` and `metadata` at the top. Long lines are never folded, text of several lines
 * is a literal block, lists stand at the indentation of their key, as in the files of Flux and Kustomize.
 */
export function toYaml(value: Json): string {
  if (Array.isArray(value) && value.length > 0) return `${list(value, '', 0)}\n`;
  if (isFilledMap(value)) return `${map(value, topKeys(value), '', 0)}\n`;
  return `${typeof value === 'string' ? inlineScalar(value) : leaf(value)}\n`;
}

function map(value: JsonObject, keys: readonly string[], lead: string, depth: number): string {
  const indent = indentOf(depth);
  let text = lead;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    if (index > 0) text += indent;
    text += keyOf(key, indent) + mapValue(value[key] as Json, indent, depth);
  }
  return text;
}

function mapValue(value: Json, indent: string, depth: number): string {
  if (typeof value === 'string') return ` ${scalar(value, depth)}`;
  if (Array.isArray(value) && value.length > 0) return list(value, indent, depth);
  if (isFilledMap(value)) return map(value, sortedKeys(value), indentOf(depth + 1), depth + 1);
  return ` ${leaf(value)}`;
}

function list(value: readonly Json[], lead: string, depth: number): string {
  const indent = indentOf(depth);
  let text = lead;
  for (let index = 0; index < value.length; index++) {
    if (index > 0) text += indent;
    text += `-${listItem(value[index] as Json, depth)}`;
  }
  return text;
}

function listItem(value: Json, depth: number): string {
  if (typeof value === 'string') return ` ${scalar(value, depth)}`;
  if (Array.isArray(value) && value.length > 0) return list(value, ' ', depth + 1);
  if (isFilledMap(value)) return map(value, sortedKeys(value), ' ', depth + 1);
  return ` ${leaf(value)}`;
}

function scalar(text: string, depth: number): string {
  return text.includes('\n') && fitsBlock(text) ? blockScalar(text, indentOf(depth + 1)) : inlineScalar(text);
}

/** Numbers, booleans, null and what is empty. */
function leaf(value: Json): string {
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? '[]' : '{}';
  return String(value);
}

/** YAML 1.1 knows no exponent without a point: `1e+21` would be text. */
function numberText(value: number): string {
  const text = String(value);
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text;
}

/** The same few keys come again and again. */
function keyOf(key: string, indent: string): string {
  const known = KEYS.get(key);
  if (known !== undefined) return known;
  const text = inlineScalar(key);
  if (text.length > LONGEST_KEY) return `? ${text}${indent}:`;
  if (KEYS.size >= KEYS_KEPT) KEYS.clear();
  KEYS.set(key, `${text}:`);
  return `${text}:`;
}

function topKeys(value: JsonObject): readonly string[] {
  const rest = sortedKeys(value).filter((key) => !FIRST_KEYS.includes(key));
  return [...FIRST_KEYS.filter((key) => key in value), ...rest];
}

/** Most objects come sorted: looking is cheaper than sorting. */
function sortedKeys(value: JsonObject): readonly string[] {
  const keys = Object.keys(value);
  for (let index = 1; index < keys.length; index++) {
    if ((keys[index - 1] as string) > (keys[index] as string)) return keys.sort();
  }
  return keys;
}

function isFilledMap(value: Json): value is JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  for (const _ in value) return true;
  return false;
}

function indentOf(depth: number): string {
  return (INDENTS[depth] ??= `\n${'  '.repeat(depth)}`);
}
