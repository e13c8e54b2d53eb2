import type { Json, JsonObject } from '../../estate';
import type { SchemaNode } from '../types';
import type { Plan } from './plan';
import type { Run } from './violation';

/** Judges one value by one thing, at the place where the run is. */
export type Check = (value: Json, run: Run) => void;

/**
 * How strictly a schema is read. `custom` is a CRD's, which the server itself applies. `core` is Kubernetes' own,
 * where Go decides: null is the same as absent, and an empty text the same as none. `decoded` is a core kind's
 * status: it must be readable, but nobody judges it.
 */
export type Reading = 'custom' | 'core' | 'decoded';

/** What the nodes of one schema share while they are compiled; a node is compiled when it is first needed. */
export interface Scope {
  readonly reading: Reading;
  readonly defs: { readonly [name: string]: SchemaNode };
  /** The plan of a node. The name of its type brings in the rules that no schema holds. */
  compile(node: SchemaNode, type?: string): Plan;
  /** The same for a node inside anyOf, oneOf, not and allOf: these never say which fields are known. */
  compileValue(node: SchemaNode): Plan;
  /** The same scope without the rules of types. */
  plain(): Scope;
  /** The check of the metadata of embedded resources, of which their schemas say nothing. */
  metadata(): Check;
}

/** What a reference points at; the node itself where it is none. */
export function resolve(node: SchemaNode, defs: Scope['defs']): SchemaNode {
  let target = node;
  while (target.$ref !== undefined) target = defs[referred(target.$ref)] ?? {};
  return target;
}

/** The name of the definition that a reference is to. */
export function referred($ref: string): string {
  return $ref.slice('#/defs/'.length);
}

/** Whether a value is an object, as opposed to a list, a scalar or nothing. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The type of a value in a schema's words. */
export function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}
