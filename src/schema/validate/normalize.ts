import type { Json, JsonObject } from '../../estate';
import type { SchemaNode } from '../types';
import { isObject, resolve, type Scope } from './scope';

/** Gives a value as the server would have it before it judges; the same value where nothing changes. */
export type Normalize = (value: Json) => Json;

type Defs = Scope['defs'];

/**
 * What the API server does to a custom resource first: it fills in defaults, and drops nulls from fields that may
 * not be null. The given value stays as it is.
 */
export function normalizer(root: SchemaNode, defs: Defs): Normalize {
  const known = new Map<SchemaNode, Normalize>();
  const normalizeOf = (node: SchemaNode): Normalize => {
    const before = known.get(node);
    if (before) return before;
    let made: Normalize | undefined;
    const lazy: Normalize = (value) => (made ??= build(resolve(node, defs), defs, normalizeOf))(value);
    known.set(node, lazy);
    return lazy;
  };
  return normalizeOf(root);
}

function build(node: SchemaNode, defs: Defs, normalizeOf: (node: SchemaNode) => Normalize): Normalize {
  const fields = objectNormalizer(node, defs, normalizeOf);
  const items = node.items && itemsNormalizer(node.items, defs, normalizeOf(node.items));
  return (value) => {
    if (Array.isArray(value)) return items ? items(value) : value;
    return isObject(value) && fields ? fields(value) : value;
  };
}

function itemsNormalizer(
  node: SchemaNode,
  defs: Defs,
  normalize: Normalize,
): (items: readonly Json[]) => Json {
  const fallback = isNullable(node, defs) ? undefined : defaultOf(node, defs);
  return (items) => {
    let copy: Json[] | undefined;
    for (let index = 0; index < items.length; index++) {
      const item = items[index]!;
      const normal = normalize(item === null && fallback !== undefined ? fallback : item);
      if (normal !== item) (copy ??= [...items])[index] = normal;
    }
    return copy ?? items;
  };
}

interface Field {
  readonly normalize: Normalize;
  readonly nullable: boolean;
  readonly fallback: Json | undefined;
}

function objectNormalizer(
  node: SchemaNode,
  defs: Defs,
  normalizeOf: (node: SchemaNode) => Normalize,
): ((value: JsonObject) => Json) | undefined {
  const field = (child: SchemaNode): Field => ({
    normalize: normalizeOf(child),
    nullable: isNullable(child, defs),
    fallback: defaultOf(child, defs),
  });
  const fields = new Map(Object.entries(node.properties ?? {}).map(([name, child]) => [name, field(child)]));
  const other = typeof node.additionalProperties === 'object' ? field(node.additionalProperties) : undefined;
  const defaulted = [...fields].filter(([, { fallback }]) => fallback !== undefined);
  if (fields.size === 0 && !other) return undefined;
  return (value) => {
    const edit = new Edit(value);
    for (const [name, { fallback, normalize }] of defaulted) {
      if (value[name] === undefined) edit.set(name, normalize(fallback!));
    }
    for (const name in value) {
      const known = fields.get(name) ?? other;
      if (known && value[name] !== undefined) normalizeField(edit, name, value[name], known);
    }
    return edit.result;
  };
}

function normalizeField(edit: Edit, name: string, value: Json, field: Field): void {
  const isForbiddenNull = value === null && !field.nullable;
  if (isForbiddenNull && field.fallback === undefined) edit.remove(name);
  else edit.set(name, field.normalize(isForbiddenNull ? (field.fallback ?? null) : value));
}

/** A copy that is made with the first change. */
class Edit {
  private copy: Record<string, Json> | undefined;

  constructor(private readonly original: JsonObject) {}

  get result(): JsonObject {
    return this.copy ?? this.original;
  }

  set(name: string, value: Json): void {
    if (this.result[name] !== value) (this.copy ??= { ...this.original })[name] = value;
  }

  remove(name: string): void {
    delete (this.copy ??= { ...this.original })[name];
  }
}

function isNullable(node: SchemaNode, defs: Defs): boolean {
  return node.nullable === true || resolve(node, defs).nullable === true;
}

function defaultOf(node: SchemaNode, defs: Defs): Json | undefined {
  return node.default ?? resolve(node, defs).default;
}
