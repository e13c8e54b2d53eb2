import type { JsonObject } from '../estate';
import { isObject } from './compact';
import { nearest } from './nearest';
import type { ChartKnowledge, SchemaNode } from './types';
import { formatPath } from './validate/violation';

/** A value that a chart does not know, and the one that was probably meant. */
export interface UnknownValue {
  readonly path: readonly string[];
  readonly suggestion?: string;
}

/**
 * The values that a chart would silently ignore. Only where it is known to read its values one by one: what is taken
 * whole may hold anything, and where a chart's templates were not seen, only what resembles a known value counts.
 *
 * @example
 * unknownValues(strimzi, { watchAnyNamespce: true });
 * // [{ path: ['watchAnyNamespce'], suggestion: 'watchAnyNamespace' }]
 */
export function unknownValues(knowledge: ChartKnowledge, values: JsonObject): UnknownValue[] {
  return unknownIn(values, knowledge.values, [], knowledge);
}

function unknownIn(
  values: JsonObject,
  shared: SchemaNode,
  path: readonly string[],
  knowledge: ChartKnowledge,
): UnknownValue[] {
  const node = resolved(shared, knowledge);
  const known = node.properties;
  if (known === undefined) return [];
  return Object.entries(values).flatMap(([key, value]) => {
    if (!Object.hasOwn(known, key)) return unknownKey(key, node, path, knowledge);
    return isObject(value) ? unknownIn(value, known[key]!, [...path, key], knowledge) : [];
  });
}

function unknownKey(
  key: string,
  node: SchemaNode,
  parent: readonly string[],
  { guessed }: ChartKnowledge,
): UnknownValue[] {
  if (node['x-kubernetes-preserve-unknown-fields'] || Boolean(node.additionalProperties)) return [];
  const path = [...parent, key];
  const near = nearest(key, Object.keys(node.properties ?? {}));
  if (near !== undefined) return [{ path, suggestion: formatPath([...parent, near]) }];
  return guessed && node.additionalProperties !== false ? [] : [{ path }];
}

function resolved(node: SchemaNode, knowledge: ChartKnowledge): SchemaNode {
  const target = node.$ref === undefined ? undefined : knowledge.defs[node.$ref.slice('#/defs/'.length)];
  return target === undefined ? node : resolved(target, knowledge);
}
