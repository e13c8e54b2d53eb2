import type { Json, JsonObject } from '../estate';
import { ANYTHING, isObject } from '../schema/compact';
import type { SchemaNode } from '../schema/types';
import type { KnownValues } from './values-known';

const OPEN_MAP: SchemaNode = { type: 'object', ...ANYTHING };
const NUMBER_OR_STRING: SchemaNode = { anyOf: [{ type: 'number' }, { type: 'string' }] };

/** Names under which charts take whatever Kubernetes or the program takes. */
const OPEN_NAME =
  /(labels|annotations|selector|affinity|resources|limits|requests|securityContext|env|envs|config|configs|settings|parameters|args|options|probe|spec|strategy|data|secrets?|files|volumes|volumeMounts|sidecars?|tolerations|rules|ini|capabilities)$/i;
const EXTRA_NAME = /^(extra|additional|custom|default|override)/i;

/** A key that nobody would write as the name of an option. */
const DATA_KEY = /[/.\s]|^[A-Z][A-Z0-9]*_/;

/**
 * The schema of a chart's values, as far as its defaults show it. An object is closed only where the templates read
 * its fields one by one; where they take it whole, or nobody knows, anything may be in it.
 */
export function inferValues(defaults: JsonObject, known: KnownValues): SchemaNode {
  const node = closed(defaults, '', known);
  const { 'x-kubernetes-preserve-unknown-fields': _, ...root } = node;
  return root;
}

function infer(value: Json, path: string, name: string, known: KnownValues): SchemaNode {
  if (Array.isArray(value)) return list(value);
  if (!isObject(value)) return scalar(value);
  if (Object.keys(value).length === 0) return withKeys(OPEN_MAP, {}, path, known);
  return takesAnything(value, path, name, known) ? opened(value) : closed(value, path, known);
}

function takesAnything(value: JsonObject, path: string, name: string, known: KnownValues): boolean {
  if (Object.keys(value).some((key) => DATA_KEY.test(key))) return true;
  if (known.reads === undefined) return OPEN_NAME.test(name) || EXTRA_NAME.test(name);
  return known.reads.has(path) && leaves(value, path).some((leaf) => !isReadBelow(leaf, path, known.reads!));
}

/** An object whose fields have names; open where templates do not seem to read them by these. */
function closed(value: JsonObject, path: string, known: KnownValues): SchemaNode {
  const properties = Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, infer(child, join(path, key), key, known)]),
  );
  const unread = ([key, child]: [string, Json]): boolean =>
    !isObject(child) && !isReadBelow(join(path, key), '', known.reads!);
  const open = known.reads !== undefined && Object.entries(value).some(unread);
  return withKeys(open ? OPEN_MAP : { type: 'object' }, properties, path, known);
}

/** An object that is passed on whole: what is known of it helps to write it, and forbids nothing. */
function opened(value: JsonObject): SchemaNode {
  const properties = Object.entries(value).map(([key, child]): [string, SchemaNode] => [
    key,
    openedChild(child),
  ]);
  return { ...OPEN_MAP, properties: Object.fromEntries(properties) };
}

function openedChild(value: Json): SchemaNode {
  if (Array.isArray(value)) return list(value);
  return isObject(value) ? opened(value) : scalar(value);
}

function withKeys(
  node: SchemaNode,
  properties: { readonly [key: string]: SchemaNode },
  path: string,
  known: KnownValues,
): SchemaNode {
  const extra = known.keys(path).filter((key) => !Object.hasOwn(properties, key));
  const all = { ...properties, ...Object.fromEntries(extra.map((key) => [key, ANYTHING])) };
  return Object.keys(all).length === 0 ? node : { ...node, properties: all };
}

/** Lists of objects and empty lists say nothing about what else may be in them. */
function list(values: readonly Json[]): SchemaNode {
  const scalars = values.length > 0 && values.every((value) => typeof value === 'string');
  return { type: 'array', items: scalars ? { type: 'string' } : ANYTHING };
}

/** Nothing and the empty text stand for whatever the chart takes there. */
function scalar(value: Json): SchemaNode {
  if (typeof value === 'boolean') return { type: 'boolean' };
  if (typeof value === 'number') return NUMBER_OR_STRING;
  if (typeof value !== 'string' || /^\W?$/.test(value)) return ANYTHING;
  return /^[\d.]+([KMGTPE]i?|m)?$/.test(value) ? NUMBER_OR_STRING : { type: 'string' };
}

function leaves(value: Json, path: string): string[] {
  if (!isObject(value) || Object.keys(value).length === 0) return [path];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, join(path, key)));
}

/** Whether templates read a leaf, or something around it, below a path. */
function isReadBelow(leaf: string, path: string, reads: ReadonlySet<string>): boolean {
  for (let end = leaf.length; end > path.length; end = leaf.lastIndexOf('.', end - 1)) {
    if (reads.has(leaf.slice(0, end))) return true;
  }
  return false;
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
