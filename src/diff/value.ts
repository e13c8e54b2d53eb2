import type { Json, JsonObject } from '../estate';
import { toYaml } from '../yaml';
import { align } from './align';
import type { Match } from './align';
import { labelsOf } from './labels';
import { fieldPlace, itemPlace } from './schema';
import type { SchemaPlace } from './schema';

/** What turns one value into another. */
export type Difference = Replaced | MapDifference | ListDifference;

/** Another value altogether; one of the two is absent where a field was added or removed. */
export interface Replaced {
  readonly type: 'replaced';
  readonly before?: Json;
  readonly after?: Json;
}

/** Fields that differ. */
export interface MapDifference {
  readonly type: 'map';
  readonly fields: readonly [key: string, difference: Difference][];
}

/** The items of the new list, each kept from the old one or new, and the old ones that are gone. */
export interface ListDifference {
  readonly type: 'list';
  readonly items: readonly ListItem[];
  readonly removed: readonly { readonly label: string; readonly before: Json }[];
  /** Whether items that are in both stand in another order. */
  readonly reordered: boolean;
}

/** One item of a new list. */
export interface ListItem {
  /** How a path names it: `name=api`, or its position. */
  readonly label: string;
  /** Its index in the old list; absent where it is new. */
  readonly from?: number;
  readonly difference?: Difference;
}

/** What differs between two values; undefined where nothing does. Lists are compared item by item, by their keys. */
export function diffValues(before: Json, after: Json, place?: SchemaPlace): Difference | undefined {
  if (before === after) return undefined;
  if (isList(before) && isList(after)) return diffLists(before, after, place);
  if (isMap(before) && isMap(after)) return diffMaps(before, after, place);
  return { type: 'replaced', before, after };
}

/** The new value, from the old one and what differs. */
export function applyDifference(before: Json, difference: Difference | undefined): Json {
  if (difference === undefined) return before;
  if (difference.type === 'replaced') return difference.after ?? null;
  return difference.type === 'map'
    ? applyToMap(before as JsonObject, difference)
    : applyToList(before as readonly Json[], difference);
}

function diffMaps(
  before: JsonObject,
  after: JsonObject,
  place: SchemaPlace | undefined,
): MapDifference | undefined {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const fields: [string, Difference][] = [];
  for (const key of [...keys].sort()) {
    const [old, now] = [own(before, key), own(after, key)];
    if (old === undefined) fields.push([key, { type: 'replaced', after: now ?? null }]);
    else if (now === undefined) fields.push([key, { type: 'replaced', before: old }]);
    else {
      const difference = diffValues(old, now, fieldPlace(place, key));
      if (difference) fields.push([key, difference]);
    }
  }
  return fields.length === 0 ? undefined : { type: 'map', fields };
}

function diffLists(
  before: readonly Json[],
  after: readonly Json[],
  place: SchemaPlace | undefined,
): ListDifference | undefined {
  const labels = labelsOf(before, after, place);
  const matches = labels ? matchLabels(labels.before, labels.after) : matchPositions(before, after);
  const from = new Map(matches.map(([old, now]) => [now, old]));
  const kept = new Set(from.values());
  const items = after.map((value, now) => {
    const old = from.get(now);
    const label = labels?.after[now] ?? String(old ?? now);
    return old === undefined
      ? { label, difference: { type: 'replaced' as const, after: value } }
      : listItem(label, old, diffValues(before[old] ?? null, value, itemPlace(place)));
  });
  const gone = before.flatMap((value, old) =>
    kept.has(old) ? [] : [{ label: labels?.before[old] ?? String(old), before: value }],
  );
  const reordered = [...from.values()].some((old, index, all) => index > 0 && old < (all[index - 1] ?? 0));
  const isSame = gone.length === 0 && !reordered && items.every(({ difference }) => difference === undefined);
  return isSame ? undefined : { type: 'list', items, removed: gone, reordered };
}

function listItem(label: string, from: number, difference: Difference | undefined): ListItem {
  return difference ? { label, from, difference } : { label, from };
}

function matchLabels(before: readonly string[], after: readonly string[]): Match[] {
  const positions = new Map(before.map((label, index) => [label, index]));
  return after.flatMap((label, now): Match[] => {
    const old = positions.get(label);
    return old === undefined ? [] : [[old, now]];
  });
}

/** What is equal stays; of what is left between two equal items, the first was changed into the first, and so on. */
function matchPositions(before: readonly Json[], after: readonly Json[]): Match[] {
  const equal = align(before.map(toYaml), after.map(toYaml));
  const matches: Match[] = [];
  let [old, now] = [0, 0];
  for (const [keptOld, keptNow] of [...equal, [before.length, after.length] as const]) {
    while (old < keptOld && now < keptNow) matches.push([old++, now++]);
    if (keptOld < before.length) matches.push([keptOld, keptNow]);
    [old, now] = [keptOld + 1, keptNow + 1];
  }
  return matches;
}

function applyToMap(before: JsonObject, { fields }: MapDifference): JsonObject {
  const entries = new Map(Object.entries(before));
  for (const [key, difference] of fields) {
    if (difference.type === 'replaced' && difference.after === undefined) entries.delete(key);
    else entries.set(key, applyDifference(entries.get(key) ?? null, difference));
  }
  return Object.fromEntries(entries);
}

function applyToList(before: readonly Json[], { items }: ListDifference): Json[] {
  return items.map(({ from, difference }) =>
    applyDifference(from === undefined ? null : (before[from] ?? null), difference),
  );
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isMap(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !isList(value);
}
