import type { Json, JsonObject } from '../../estate';
import type { KindSchema, SchemaNode } from '../types';
import { isObject, resolve } from './scope';
import type { Run } from './violation';

/**
 * Reports what in the spec of a custom resource server-side apply would leave as null: a field that is given as null, or an
 * object that loses its last field. The server does not drop that null as it would from a new object; it refuses it.
 */
export function checkEmptied(schema: KindSchema, before: JsonObject, after: JsonObject, run: Run): void {
  const spec = resolve(schema.root, schema.defs).properties?.['spec'];
  const [old, now] = [before['spec'], after['spec']];
  if (!spec || !isObject(old) || !isObject(now)) return;
  run.at('spec', () => compareFields(resolve(spec, schema.defs), schema, old, now, run));
}

type Defs = Pick<KindSchema, 'defs'>;

function compareFields(
  node: SchemaNode,
  schema: Defs,
  before: JsonObject,
  after: JsonObject,
  run: Run,
): void {
  for (const [name, value] of Object.entries(after)) {
    const child = node.properties?.[name] ?? node.additionalProperties;
    const old = before[name];
    if (typeof child !== 'object' || old === undefined || old === null) continue;
    run.at(name, () => compareValue(resolve(child, schema.defs), schema, old, value, run));
  }
}

function compareValue(node: SchemaNode, schema: Defs, before: Json, after: Json, run: Run): void {
  const isRefused = node.type !== undefined && node.nullable !== true && node.default === undefined;
  if (after === null && isRefused && !hasDefault(node)) {
    run.report('apply', 'null would stay in an object that is there', 'remove the field');
  } else if (isObject(before) && isObject(after) && isGranular(node)) {
    if (Object.keys(before).length > 0 && Object.keys(after).length === 0) {
      run.report('apply', 'server-side apply makes null of what loses its last field', 'remove the field');
    } else compareFields(node, schema, before, after, run);
  }
}

/** Only what is merged field by field can lose its last one; a default keeps one there. */
function isGranular(node: SchemaNode): boolean {
  const isOpen = node['x-kubernetes-preserve-unknown-fields'] === true;
  const isNamed = node.properties !== undefined || typeof node.additionalProperties === 'object';
  const isMerged =
    node.type === 'object' && (isOpen || isNamed) && node['x-kubernetes-map-type'] !== 'atomic';
  return isMerged && !hasDefault(node);
}

function hasDefault(node: SchemaNode): boolean {
  return Object.values(node.properties ?? {}).some((child) => child.default !== undefined);
}
