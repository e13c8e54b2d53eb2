import type { KindSchema, SchemaNode } from '../schema/types';

/** A place in a kind's schema. */
export interface SchemaPlace {
  readonly node: SchemaNode;
  readonly defs: { readonly [name: string]: SchemaNode };
}

/** The place of a whole object. */
export function placeOf(schema: KindSchema | undefined): SchemaPlace | undefined {
  return schema && resolve(schema.root, schema.defs);
}

/** The place of a field. */
export function fieldPlace(place: SchemaPlace | undefined, key: string): SchemaPlace | undefined {
  if (place === undefined) return undefined;
  const { properties = {}, additionalProperties } = place.node;
  if (Object.hasOwn(properties, key)) return resolve(properties[key], place.defs);
  return typeof additionalProperties === 'object' ? resolve(additionalProperties, place.defs) : undefined;
}

/** The place of a list's items. */
export function itemPlace(place: SchemaPlace | undefined): SchemaPlace | undefined {
  return place && resolve(place.node.items, place.defs);
}

function resolve(node: SchemaNode | undefined, defs: SchemaPlace['defs']): SchemaPlace | undefined {
  const name = node?.$ref?.replace('#/defs/', '');
  if (name !== undefined) return resolve(defs[name], defs);
  return node && { node, defs };
}
