import { ApiObject } from 'cdk8s';
import type { Json, JsonObject } from '../estate';
import { sortedKeys } from '../estate/keys';

/** A value inside an object that JSON cannot hold. */
export interface NotJson {
  readonly path: string;
  readonly what: string;
}

/** The body of an object, keys sorted, and what in it was not JSON. */
export interface RenderedBody {
  readonly body: JsonObject;
  readonly problems: readonly NotJson[];
}

/**
 * Render an API object once. Plain data takes a direct way; tokens, patches and classes made by `cdk8s import`
 * take the one of cdk8s itself. A `null` is dropped, as cdk8s does, but for Helm values, where it removes a
 * chart's default.
 */
export function renderBody(object: ApiObject, resolvers: boolean): RenderedBody {
  try {
    const direct = resolvers ? undefined : directBody(object);
    if (direct) return direct;
    const rendered: unknown = object.toJson();
    const body = plain(rendered, 'drop');
    if (body === notJson) return { ...unrendered(object, ''), problems: problemsIn(rendered, '') };
    return body === token
      ? unrendered(object, 'an instance of a class')
      : { body: body as JsonObject, problems: [] };
  } catch (error) {
    if (error instanceof RangeError) return unrendered(object, 'a value that holds itself');
    return unrendered(object, refused((error as Error).message));
  }
}

/** What cdk8s, or a getter of somebody's own, says of a value that it does not give. */
function refused(message: string): string {
  const [, type] = /non-simple object of type '(.*)'/.exec(message) ?? [];
  return type === undefined
    ? `a value that cannot be read (${message.replace(/^.*?': (Error: )?/, '')})`
    : `an instance of ${type}`;
}

/** An object of which nothing but its identity can be said. */
function unrendered(object: ApiObject, what: string): RenderedBody {
  const { name, namespace } = object.metadata;
  const metadata = {
    ...(name === undefined ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
  };
  return {
    body: { apiVersion: object.apiVersion, kind: object.kind, metadata },
    problems: [{ path: 'spec', what }],
  };
}

interface Inside {
  readonly props: {
    readonly [key: string]: unknown;
    readonly metadata?: { readonly [key: string]: unknown };
  };
  readonly patches: readonly unknown[];
}

function directBody(object: ApiObject): RenderedBody | undefined {
  const { props, patches } = object as unknown as Inside;
  if (object.toJson !== ApiObject.prototype.toJson || patches.length > 0) return undefined;
  const given = { ...props, metadata: metadataOf(object, props.metadata) };
  const body: { [key: string]: Json } = { apiVersion: object.apiVersion, kind: object.kind, metadata: {} };
  for (const key of sortedKeys(given)) {
    if (key === 'apiVersion' || key === 'kind') continue;
    const value = plain((given as { [key: string]: unknown })[key], keepsNull(object, key) ? 'spec' : 'drop');
    if (value === notJson) return { ...unrendered(object, ''), problems: problemsIn(given, '') };
    if (value === token) return undefined;
    if (value !== undefined) body[key] = value;
  }
  return { body, problems: [] };
}

function keepsNull(object: ApiObject, key: string): boolean {
  return key === 'spec' && object.kind === 'HelmRelease';
}

function metadataOf(object: ApiObject, given: object | undefined): { [key: string]: unknown } {
  const inside = object.metadata as unknown as { [key: string]: object };
  const all: { [key: string]: unknown } = { ...inside['_additionalAttributes'], ...given };
  all['name'] = object.metadata.name;
  all['namespace'] = object.metadata.namespace;
  for (const key of collections) {
    const value = inside[key];
    all[key] = value && !isEmpty(value) ? value : undefined;
  }
  return all;
}

const collections = ['labels', 'annotations', 'finalizers', 'ownerReferences'];

function isEmpty(value: object): boolean {
  for (const _ in value) return false;
  return true;
}

/** Stands for a value that only cdk8s can resolve. */
const token = Symbol('token');
/** Stands for a value that JSON cannot hold. */
const notJson = Symbol('not JSON');

/** What becomes of `null`: dropped; kept; or kept below the field `values` only. */
type Nulls = 'drop' | 'keep' | 'spec';
type Plain = Json | undefined | typeof token | typeof notJson;

/** The value as JSON with sorted keys. No path is kept: it costs more than the copy, and is rarely wanted. */
function plain(value: unknown, nulls: Nulls): Plain {
  if (typeof value === 'string') return isWhole(value) ? value : notJson;
  if (typeof value === 'boolean') return value;
  if (value === undefined) return undefined;
  if (value === null) return nulls === 'keep' ? null : undefined;
  if (typeof value === 'number') return Number.isFinite(value) ? value : notJson;
  if (typeof value !== 'object') return notJson;
  if (Array.isArray(value)) return plainList(value, nulls);
  if (isPlain(value)) return plainObject(value as { [key: string]: unknown }, nulls);
  return builtIn.has(value.constructor?.name) ? notJson : token;
}

function plainList(list: readonly unknown[], nulls: Nulls): Plain {
  const result: Json[] = [];
  for (const item of list) {
    const value = plain(item, nulls === 'spec' ? 'drop' : nulls);
    if (value === token || value === notJson) return value;
    if (value !== undefined) result.push(value);
  }
  return result;
}

function plainObject(source: { [key: string]: unknown }, nulls: Nulls): Plain {
  const result: { [key: string]: Json } = {};
  for (const key of sortedKeys(source)) {
    if (key === '__proto__') return notJson;
    const value = plain(source[key], nulls === 'spec' ? (key === 'values' ? 'keep' : 'drop') : nulls);
    if (value === token || value === notJson) return value;
    if (value !== undefined) result[key] = value;
  }
  return result;
}

/** Half of a pair of code units is no character: no reader of YAML takes it. */
function isWhole(text: string): boolean {
  return (text as unknown as { isWellFormed(): boolean }).isWellFormed();
}

/** Classes that no resolver of cdk8s knows: a mistake, not a token. */
const builtIn = new Set([
  'Date',
  'Map',
  'Set',
  'WeakMap',
  'RegExp',
  'URL',
  'Buffer',
  'Uint8Array',
  'Promise',
  'Error',
]);

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || value.constructor?.name === 'Object';
}

/** Every place below a value where JSON ends. */
function problemsIn(value: unknown, path: string): NotJson[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => problemsIn(item, `${path}[${index}]`));
  if (typeof value === 'object' && value !== null && isPlain(value)) {
    return Object.entries(value).flatMap(([key, inner]) => {
      const place = path === '' ? key : `${path}.${key}`;
      return key === '__proto__' ? [{ path: place, what: 'a key __proto__' }] : problemsIn(inner, place);
    });
  }
  return plain(value, 'drop') === notJson ? [{ path, what: nameOf(value) }] : [];
}

function nameOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return 'a text with half of a character';
  if (typeof value === 'object') return `a ${value?.constructor?.name ?? 'thing'}`;
  return `a ${typeof value}`;
}
