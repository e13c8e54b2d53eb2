import type { Json, JsonObject } from '../estate';
import { sortedKeys } from '../estate/keys';
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
  const text = topLevel(value);
  // The engine keeps a text as the tree of its parts until somebody reads it: that takes twice the memory.
  Buffer.byteLength(text);
  return text;
}

function topLevel(value: Json): string {
  if (typeof value === 'string') return `${inlineScalar(value)}\n`;
  if (isMap(value)) return `${map(value, topKeys(value), '', 0)}\n`;
  return Array.isArray(value) ? `${list(value, '', 0)}\n` : `${leaf(value)}\n`;
}

function map(value: JsonObject, keys: readonly string[], lead: string, depth: number): string {
  if (keys.length === 0) return lead === '' ? '{}' : ' {}';
  const indent = indentOf(depth);
  let text = lead;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    if (index > 0) text += indent;
    text += keyOf(key, indent) + child(value[key] as Json, indent, indentOf(depth + 1), depth);
  }
  return text;
}

function list(value: readonly Json[], lead: string, depth: number): string {
  if (value.length === 0) return lead === '' ? '[]' : ' []';
  const indent = indentOf(depth);
  let text = lead;
  for (let index = 0; index < value.length; index++) {
    if (index > 0) text += indent;
    text += `-${child(value[index] as Json, ' ', ' ', depth)}`;
  }
  return text;
}

/** A value behind its key or dash. Lists stay at the indentation of their key, but go below a dash's. */
function child(value: Json, listLead: string, mapLead: string, depth: number): string {
  if (typeof value === 'string') return ` ${scalar(value, depth)}`;
  if (Array.isArray(value)) return list(value, listLead, listLead === ' ' ? depth + 1 : depth);
  return isMap(value) ? map(value, sortedKeys(value), mapLead, depth + 1) : ` ${leaf(value)}`;
}

function scalar(text: string, depth: number): string {
  return text.includes('\n') && fitsBlock(text) ? blockScalar(text, indentOf(depth + 1)) : inlineScalar(text);
}

/** Numbers, booleans, null. YAML 1.1 knows no exponent without a point: it takes `1e+21` for text. */
function leaf(value: Json): string {
  const text = JSON.stringify(value);
  return typeof value === 'number' && !text.includes('.') ? text.replace('e', '.0e') : text;
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
  const keys = FIRST_KEYS.filter((key) => key in value);
  for (const key of sortedKeys(value)) if (!FIRST_KEYS.includes(key)) keys.push(key);
  return keys;
}

function isMap(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function indentOf(depth: number): string {
  return (INDENTS[depth] ??= `\n${'  '.repeat(depth)}`);
}
