import type { Json, JsonObject } from '../estate';
import type { SchemaNode } from './types';

/** The keywords that judge, in the order in which files hold them. Everything else is prose. */
export const KEYWORDS = [
  '$ref',
  'type',
  'format',
  'nullable',
  'default',
  'enum',
  'pattern',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'required',
  'x-kubernetes-int-or-string',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-list-type',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-map-type',
  'x-kubernetes-validations',
  'items',
  'properties',
  'additionalProperties',
  'allOf',
  'anyOf',
  'oneOf',
  'not',
] as const satisfies readonly (keyof SchemaNode)[];

/** A schema that accepts anything. */
export const ANYTHING: SchemaNode = { 'x-kubernetes-preserve-unknown-fields': true };

/** Whether a value is an object, as opposed to a list, a scalar or nothing. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same schema with every node inside it replaced by what `change` makes of it. */
export function mapChildren(
  node: SchemaNode,
  change: (child: SchemaNode, name: string) => SchemaNode,
): SchemaNode {
  const result: Record<string, unknown> = { ...node };
  if (node.items) result['items'] = change(node.items, 'item');
  if (node.not) result['not'] = change(node.not, 'not');
  if (typeof node.additionalProperties === 'object')
    result['additionalProperties'] = change(node.additionalProperties, 'value');
  for (const list of ['allOf', 'anyOf', 'oneOf'] as const) {
    const nodes = node[list];
    if (nodes) result[list] = nodes.map((child) => change(child, list));
  }
  if (node.properties) {
    const names = Object.keys(node.properties).toSorted();
    result['properties'] = Object.fromEntries(
      names.map((name) => [name, change(node.properties![name]!, name)]),
    );
  }
  return result;
}

/** A schema as somebody published it, reduced to what judges objects; properties sorted. */
export function compact(published: Json | undefined): SchemaNode {
  if (!isObject(published)) return ANYTHING;
  const kept = KEYWORDS.filter((keyword) => published[keyword] !== undefined);
  const node = Object.fromEntries(kept.map((keyword) => [keyword, published[keyword]])) as SchemaNode;
  return mapChildren(withoutTuple(node), (child) => compact(child as Json));
}

/** Lists of schemas by position are not a part of structural schemas: any item will do. */
function withoutTuple(node: SchemaNode): SchemaNode {
  return Array.isArray(node.items) ? { ...node, items: ANYTHING } : node;
}
