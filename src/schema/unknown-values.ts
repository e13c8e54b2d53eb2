import type { JsonObject } from '../estate';
import { isObject } from './compact';
import type { ChartKnowledge, SchemaNode } from './types';

/** A value that a chart does not know, and the one that was probably meant. */
export interface UnknownValue {
  readonly path: string;
  readonly suggestion?: string;
}

/**
 * The values that a chart would silently ignore. Only where it is known to read its values one by one: what is taken
 * whole may hold anything, and where a chart's templates were not seen, only what resembles a known value counts.
 *
 * @example
 * unknownValues(strimzi, { watchAnyNamespce: true });
 * // [{ path: 'watchAnyNamespce', suggestion: 'watchAnyNamespace' }]
 */
export function unknownValues(knowledge: ChartKnowledge, values: JsonObject): UnknownValue[] {
  return unknownIn(values, knowledge.values, '', knowledge);
}

function unknownIn(
  values: JsonObject,
  shared: SchemaNode,
  path: string,
  knowledge: ChartKnowledge,
): UnknownValue[] {
  const node = resolved(shared, knowledge);
  const known = node.properties;
  if (known === undefined) return [];
  return Object.entries(values).flatMap(([key, value]) => {
    if (!Object.hasOwn(known, key)) return unknownKey(key, node, path, knowledge);
    return isObject(value) ? unknownIn(value, known[key]!, join(path, key), knowledge) : [];
  });
}

function unknownKey(
  key: string,
  node: SchemaNode,
  parent: string,
  { guessed }: ChartKnowledge,
): UnknownValue[] {
  if (node['x-kubernetes-preserve-unknown-fields'] || Boolean(node.additionalProperties)) return [];
  const path = join(parent, key);
  const nearest = nearestName(key, Object.keys(node.properties ?? {}));
  if (nearest !== undefined) return [{ path, suggestion: join(parent, nearest) }];
  return guessed && node.additionalProperties !== false ? [] : [{ path }];
}

function resolved(node: SchemaNode, knowledge: ChartKnowledge): SchemaNode {
  const target = node.$ref === undefined ? undefined : knowledge.defs[node.$ref.slice('#/defs/'.length)];
  return target === undefined ? node : resolved(target, knowledge);
}

/** Of several names the one that somebody most likely meant; undefined where none is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(name.length / 4));
  const near = known
    .map((candidate) => ({ candidate, distance: distance(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter((entry) => entry.distance <= limit)
    .toSorted((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  return near[0]?.candidate;
}

/** How many letters have to be inserted, removed, replaced or swapped with their neighbour. */
function distance(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, index) => index)];
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const changed = last[column - 1]! + Number(a[row - 1] !== b[column - 1]);
      const swapped =
        a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1] ? before[column - 2]! + 1 : Infinity;
      next.push(Math.min(next[column - 1]! + 1, last[column]! + 1, changed, swapped));
    }
    [before, last] = [last, next];
  }
  return last[b.length]!;
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
