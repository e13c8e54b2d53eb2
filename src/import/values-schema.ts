import type { Json, JsonObject } from '../estate';
import { ANYTHING, compact, isObject } from '../schema/compact';
import type { SchemaNode } from '../schema/types';

const SCALARS = new Set<Json>(['string', 'integer', 'number', 'boolean']);

/** What is converted apart. Defaults belong to values.yaml, and every value has one: none is required. */
const STRUCTURE = new Set(
  'type properties required items additionalProperties allOf anyOf oneOf not default'.split(' '),
);

/** Beyond this depth of references a schema describes itself rather than values. */
const DEPTH = 12;

/**
 * A chart's `values.schema.json` as a schema of ours. An object that says nothing of additional properties is left
 * neither open nor closed: `mergeValues` decides.
 */
export function valuesSchema(document: JsonObject): SchemaNode {
  return convert(document, document, 0);
}

/**
 * What a chart's schema says of its values, together with what its defaults show. What the schema closes is closed, as
 * Helm itself refuses anything else there; what it leaves undecided is as open as the defaults let it be.
 */
export function mergeValues(schema: SchemaNode | undefined, inferred: SchemaNode | undefined): SchemaNode {
  if (schema === undefined || Object.keys(schema).length === 0) return inferred ?? ANYTHING;
  if (schema.type === 'array')
    return schema.items ? { ...schema, items: mergeValues(schema.items, undefined) } : schema;
  if (schema.type !== 'object' && !schema.properties) return schema;
  const properties = mergedProperties(schema, inferred);
  const { additionalProperties, ...rest } = schema;
  const merged: SchemaNode = {
    ...rest,
    type: 'object',
    ...(Object.keys(properties).length > 0 && { properties }),
  };
  if (additionalProperties === false) return { ...merged, additionalProperties };
  return isClosed(schema, inferred) ? merged : { ...merged, ...opening(additionalProperties) };
}

function mergedProperties(schema: SchemaNode, inferred: SchemaNode | undefined): Record<string, SchemaNode> {
  const names = new Set([
    ...Object.keys(schema.properties ?? {}),
    ...Object.keys(inferred?.properties ?? {}),
  ]);
  return Object.fromEntries(
    [...names]
      .toSorted()
      .map((name) => [name, mergeValues(schema.properties?.[name], inferred?.properties?.[name])]),
  );
}

/** Many schemas allow additional values that no template reads: the defaults know better. */
function isClosed(
  { properties, additionalProperties, ...schema }: SchemaNode,
  inferred: SchemaNode | undefined,
): boolean {
  if (
    typeof additionalProperties === 'object' ||
    !properties ||
    schema['x-kubernetes-preserve-unknown-fields']
  )
    return false;
  return inferred?.properties !== undefined && !inferred['x-kubernetes-preserve-unknown-fields'];
}

function opening(additional: SchemaNode['additionalProperties']): SchemaNode {
  const typed = typeof additional === 'object' && Object.keys(additional).length > 0;
  return typed ? { additionalProperties: mergeValues(additional, undefined) } : ANYTHING;
}

function convert(schema: Json | undefined, document: JsonObject, depth: number): SchemaNode {
  if (!isObject(schema)) return schema === false ? ANYTHING : {};
  if (typeof schema['$ref'] === 'string') return reference(schema['$ref'], document, depth);
  const node = typed(schema, judgements(schema));
  const properties = isObject(schema['properties']) ? schema['properties'] : undefined;
  return {
    ...node,
    ...(properties && { properties: mapValues(properties, (child) => convert(child, document, depth)) }),
    ...(isObject(schema['items']) && { items: convert(schema['items'], document, depth) }),
    ...additionalProperties(schema, document, depth),
  };
}

/** What judges scalars and sizes; structure is converted apart, alternatives of structure stay open. */
function judgements(schema: JsonObject): SchemaNode {
  const kept = Object.entries(schema).filter(([keyword]) => !STRUCTURE.has(keyword));
  const node = compact(Object.fromEntries(kept));
  return schema['const'] === undefined ? node : { ...node, enum: [schema['const']] };
}

function typed(schema: JsonObject, node: SchemaNode): SchemaNode {
  const types = [schema['type'] ?? []].flat();
  const named = types.filter((type) => type !== 'null');
  const nullable = types.length > named.length ? { nullable: true } : {};
  if (named.length === 1) return { ...node, ...nullable, type: named[0] as NonNullable<SchemaNode['type']> };
  const alternatives = named.length > 1 ? named : scalarAlternatives(schema);
  if (alternatives.length === 0 || !alternatives.every((type) => SCALARS.has(type)))
    return structureless(schema, node);
  return { ...node, ...nullable, anyOf: alternatives.map((type) => ({ type }) as SchemaNode) };
}

/** Without a type: an object if it has properties; else nothing is known, unless it lists what it takes. */
function structureless(schema: JsonObject, node: SchemaNode): SchemaNode {
  if (schema['properties'] !== undefined) return { ...node, type: 'object' };
  const alternatives = ['anyOf', 'oneOf', 'allOf', 'type'].some((keyword) => schema[keyword] !== undefined);
  return alternatives ? ANYTHING : node;
}

function scalarAlternatives(schema: JsonObject): readonly Json[] {
  const alternatives = schema['anyOf'] ?? schema['oneOf'];
  return Array.isArray(alternatives)
    ? alternatives.map((one) => (isObject(one) ? (one['type'] ?? '') : ''))
    : [];
}

function additionalProperties(schema: JsonObject, document: JsonObject, depth: number): SchemaNode {
  const additional = schema['additionalProperties'];
  if (schema['patternProperties'] !== undefined) return ANYTHING;
  if (additional === undefined) return {};
  return {
    additionalProperties: typeof additional === 'boolean' ? additional : convert(additional, document, depth),
  };
}

/** A reference inside the document is what it points at; one to somewhere else could be anything. */
function reference(ref: string, document: JsonObject, depth: number): SchemaNode {
  if (!ref.startsWith('#/') || depth > DEPTH) return ANYTHING;
  const segments = ref
    .slice(2)
    .split('/')
    .map((segment) => decodeURIComponent(segment).replaceAll('~1', '/').replaceAll('~0', '~'));
  const target = segments.reduce<Json | undefined>(
    (node, key) => (isObject(node) ? node[key] : undefined),
    document,
  );
  return target === undefined ? ANYTHING : convert(target, document, depth + 1);
}

function mapValues(object: JsonObject, change: (value: Json) => SchemaNode): Record<string, SchemaNode> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
