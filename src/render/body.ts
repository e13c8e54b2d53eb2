import { ApiObject } from 'cdk8s';
import type { Json, JsonObject } from '../estate';

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
  const direct = resolvers ? undefined : directBody(object);
  if (direct) return direct;
  try {
    const problems: NotJson[] = [];
    const body = plain(object.toJson(), '', { problems, keepNull: false });
    if (body !== token) return { body: body as JsonObject, problems };
    return unrendered(object, 'an instance of a class');
  } catch (error) {
    return unrendered(object, (error as Error).message.replace(/^.*?': (Error: )?/, ''));
  }
}

/** An object of which nothing but its identity can be said. */
function unrendered(object: ApiObject, what: string): RenderedBody {
  const { name, namespace } = object.metadata;
  const metadata = { ...(name === undefined ? {} : { name }), ...(namespace === undefined ? {} : { namespace }) };
  return { body: { apiVersion: object.apiVersion, kind: object.kind, metadata }, problems: [{ path: 'spec', what }] };
}

interface Inside {
  readonly props: { readonly [key: string]: unknown; readonly metadata?: { readonly [key: string]: unknown } };
  readonly patches: readonly unknown[];
}

function directBody(object: ApiObject): RenderedBody | undefined {
  const { props, patches } = object as unknown as Inside;
  if (object.toJson !== ApiObject.prototype.toJson || patches.length > 0) return undefined;
  const problems: NotJson[] = [];
  const body: { [key: string]: Json } = { apiVersion: object.apiVersion, kind: object.kind };
  const metadata = plain(metadataOf(object, props.metadata), 'metadata', { problems, keepNull: false });
  if (metadata === token) return undefined;
  body['metadata'] = metadata as Json;
  for (const key of Object.keys(props).sort()) {
    if (key === 'apiVersion' || key === 'kind' || key === 'metadata') continue;
    const value = plain(props[key], key, { problems, keepNull: false, helm: object.kind === 'HelmRelease' });
    if (value === token) return undefined;
    if (value !== undefined) body[key] = value as Json;
  }
  return { body, problems };
}

function metadataOf(object: ApiObject, given: object | undefined): { [key: string]: unknown } {
  const { name, namespace } = object.metadata;
  const inside = object.metadata as unknown as { [key: string]: object };
  const all: { [key: string]: unknown } = { ...inside['_additionalAttributes'], ...given, name, namespace };
  for (const key of ['labels', 'annotations', 'finalizers', 'ownerReferences']) {
    const value = inside[key] ?? {};
    all[key] = Object.keys(value).length > 0 ? value : undefined;
  }
  return all;
}

/** Stands for a value that only cdk8s can resolve. */
const token = Symbol('token');

interface Walk {
  readonly problems: NotJson[];
  readonly keepNull: boolean;
  readonly helm?: boolean;
}

function plain(value: unknown, path: string, walk: Walk): Json | undefined | typeof token {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (value === undefined) return undefined;
  if (value === null) return walk.keepNull ? null : undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return plainList(value, path, walk);
  if (typeof value === 'object' && isPlain(value)) return plainObject(value, path, walk);
  if (typeof value === 'object' && !nameless.has(value.constructor?.name)) return token;
  walk.problems.push({ path, what: nameOf(value) });
  return undefined;
}

function plainList(list: readonly unknown[], path: string, walk: Walk): Json | typeof token {
  const result: Json[] = [];
  for (let index = 0; index < list.length; index++) {
    const value = plain(list[index], `${path}[${index}]`, walk);
    if (value === token) return token;
    if (value !== undefined) result.push(value);
  }
  return result;
}

function plainObject(object: object, path: string, walk: Walk): Json | typeof token {
  const source = object as { [key: string]: unknown };
  const result: { [key: string]: Json } = {};
  for (const key of sortedKeys(source)) {
    const inner = walk.helm && path === 'spec' && key === 'values' ? { ...walk, keepNull: true } : walk;
    const value = plain(source[key], path === '' ? key : `${path}.${key}`, inner);
    if (value === token) return token;
    if (value !== undefined) result[key] = value;
  }
  return result;
}

/** The keys in order; most objects have few, and many are written in order already. */
function sortedKeys(object: object): string[] {
  const keys = Object.keys(object);
  for (let index = 1; index < keys.length; index++) {
    if ((keys[index - 1] as string) > (keys[index] as string)) return keys.sort();
  }
  return keys;
}

/** Built-in classes that no resolver of cdk8s knows: a mistake, not a token. */
const nameless = new Set(['Date', 'Map', 'Set', 'WeakMap', 'RegExp', 'URL', 'Buffer', 'Uint8Array', 'Promise', 'Error']);

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || (value.constructor as { name?: string })?.name === 'Object';
}

function nameOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object') return `a ${value?.constructor?.name ?? 'thing'}`;
  return `a ${typeof value}`;
}
