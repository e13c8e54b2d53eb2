import type { Json, JsonObject } from '../../estate';
import type { ChartKnowledge, SchemaNode } from '../../schema/types';

/** Keywords that mean the same in JSON Schema. */
const SAME = ['type', 'enum', 'required', 'minimum', 'maximum', 'minLength', 'maxLength', 'pattern'] as const;
const OPEN = 'x-kubernetes-preserve-unknown-fields';

/** What is known of a chart's values, as the `values.schema.json` that Helm judges a release by. */
export function valuesSchema({ values, defs, guessed = false }: ChartKnowledge): JsonObject {
  const root = jsonSchema(values, guessed);
  const properties = { ...(root['properties'] as JsonObject | undefined), global: {} };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    ...root,
    ...(values.properties && { properties }),
    defs: Object.fromEntries(Object.entries(defs).map(([name, node]) => [name, jsonSchema(node, guessed)])),
  };
}

function jsonSchema(node: SchemaNode, guessed: boolean): JsonObject {
  if (node.$ref !== undefined) return { $ref: node.$ref };
  const child = (inner: SchemaNode): JsonObject => jsonSchema(inner, guessed);
  const all = (inner: readonly SchemaNode[] | undefined, name: string): JsonObject =>
    inner ? { [name]: inner.map(child) } : {};
  const schema: JsonObject = {
    ...Object.fromEntries(SAME.flatMap((key) => (node[key] === undefined ? [] : [[key, node[key] as Json]]))),
    ...(node['x-kubernetes-int-or-string'] && { type: ['integer', 'string'] }),
    ...(node.properties && { properties: mapValues(node.properties, child), ...unknown(node, guessed) }),
    ...(typeof node.additionalProperties === 'object' && {
      additionalProperties: child(node.additionalProperties),
    }),
    ...(node.items && { items: child(node.items) }),
    ...all(node.anyOf, 'anyOf'),
    ...all(node.oneOf, 'oneOf'),
    ...all(node.allOf, 'allOf'),
  };
  return node.nullable ? { anyOf: [schema, { type: 'null' }] } : schema;
}

/** A value that the chart does not know fails, where it is known to read its values one by one. */
function unknown(node: SchemaNode, guessed: boolean): JsonObject {
  const isOpen = node[OPEN] === true || node.additionalProperties !== undefined || guessed;
  return isOpen ? {} : { additionalProperties: false };
}

function mapValues(
  nodes: { readonly [name: string]: SchemaNode },
  map: (node: SchemaNode) => JsonObject,
): JsonObject {
  return Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, map(node)]));
}
