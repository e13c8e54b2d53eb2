import type { Json, JsonObject } from '../estate';
import { toYaml } from '../yaml';
import { itemPlace } from './schema';
import type { SchemaPlace } from './schema';

/** What makes two items of a list the same one: a text for each item of both lists. */
export interface Labels {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The fields that name an item where no schema says it: the first is needed, the others may be absent. */
const USUAL_KEYS: readonly (readonly string[])[] = [
  ['name', 'namespace'],
  ['containerPort', 'protocol'],
  ['port', 'protocol'],
  ['mountPath'],
  ['devicePath'],
  ['topologyKey', 'whenUnsatisfiable'],
  ['key', 'operator', 'effect'],
  ['secretName'],
  ['host'],
  ['path', 'pathType'],
  ['uid'],
  ['id'],
  ['ip'],
  ['type'],
];

/** How the items of two lists are told apart; undefined where only their position does. */
export function labelsOf(
  before: readonly Json[],
  after: readonly Json[],
  place: SchemaPlace | undefined,
): Labels | undefined {
  const type = place?.node['x-kubernetes-list-type'];
  if (type === 'set') return unique(before, after, (item) => toYaml(item).trimEnd());
  const keys = place?.node['x-kubernetes-list-map-keys'];
  if (type === 'map' && keys) return unique(before, after, (item) => mapLabel(item, keys, defaultsOf(place)));
  for (const [needed = '', ...others] of type === 'atomic' ? [] : USUAL_KEYS) {
    const labels = unique(before, after, (item) => usualLabel(item, needed, others));
    if (labels) return labels;
  }
  return undefined;
}

function unique(
  before: readonly Json[],
  after: readonly Json[],
  label: (item: Json) => string | undefined,
): Labels | undefined {
  const labels = { before: before.map(label), after: after.map(label) };
  return isUnique(labels.before) && isUnique(labels.after) ? (labels as Labels) : undefined;
}

function isUnique(labels: readonly (string | undefined)[]): boolean {
  return !labels.includes(undefined) && new Set(labels).size === labels.length;
}

/** The API server fills defaults in before it compares keys: a port without protocol is one of TCP. */
function mapLabel(item: Json, keys: readonly string[], defaults: JsonObject): string | undefined {
  if (!isMap(item)) return undefined;
  const parts = keys.map((key) => labelPart(key, item[key] ?? defaults[key]));
  return parts.every((part) => part === '') ? undefined : parts.filter((part) => part !== '').join(',');
}

function defaultsOf(place: SchemaPlace): JsonObject {
  const properties = Object.entries(itemPlace(place)?.node.properties ?? {});
  return Object.fromEntries(
    properties.flatMap(([key, node]) => (node.default === undefined ? [] : [[key, node.default]])),
  );
}

function usualLabel(item: Json, needed: string, others: readonly string[]): string | undefined {
  if (!isMap(item) || !isScalar(item[needed])) return undefined;
  return [needed, ...others]
    .map((key) => labelPart(key, item[key]))
    .filter((part) => part !== '')
    .join(',');
}

function labelPart(key: string, value: Json | undefined): string {
  return isScalar(value) ? `${key}=${value}` : '';
}

function isScalar(value: Json | undefined): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function isMap(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
