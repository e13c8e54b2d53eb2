import type { Json, JsonObject } from '../../estate';
import type { SchemaNode } from '../types';
import type { TypeRules } from '../core/type-rules';
import type { Run } from './violation';

/** Judges one value against one node, at the place where the run is. */
export type Check = (value: Json, run: Run) => void;

/**
 * How strictly a schema is read. `custom` is a CRD's, which the server itself applies. `core` is Kubernetes' own,
 * where Go decides: null is the same as absent, and an empty text the same as none. `decoded` is a core kind's
 * status: it must be readable, but nobody judges it.
 */
export type Reading = 'custom' | 'core' | 'decoded';

/** What the nodes of one schema share while they are compiled. */
export interface Scope {
  readonly reading: Reading;
  readonly defs: { readonly [name: string]: SchemaNode };
  /** The rules of named types that no schema holds. */
  readonly typeRules: (type: string) => TypeRules | undefined;
  /** Each node once, so that shared and recursive definitions are compiled once. */
  readonly compiled: Map<SchemaNode, Check>;
  /** The same for nodes inside anyOf and the like, which judge values but know no fields. */
  readonly compiledValues: Map<SchemaNode, Check>;
}

/** A scope with nothing compiled yet. */
export function newScope(reading: Reading, defs: Scope['defs'], typeRules: Scope['typeRules'] = () => undefined): Scope {
  return { reading, defs, typeRules, compiled: new Map(), compiledValues: new Map() };
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
