import type { Json, JsonObject } from '../estate';

/** Set the field at a path, as findings write it: `spec.containers[0].image`. A path that is not there changes nothing. */
export function setText(body: JsonObject, path: string, value: Json): JsonObject {
  const segments = (path.match(/\["[^"]*"\]|\[\d+\]|[^.[\]]+/g) ?? []).map((segment) =>
    segment.startsWith('["') ? segment.slice(2, -2) : segment.replaceAll(/[[\]]/g, ''),
  );
  return set(body, segments, value) as JsonObject;
}

function set(target: Json | undefined, [head, ...rest]: readonly string[], value: Json): Json | undefined {
  if (head === undefined) return value;
  if (Array.isArray(target)) {
    const list = target as readonly Json[];
    return list.with(Number(head), set(list[Number(head)], rest, value) as Json);
  }
  if (typeof target !== 'object' || target === null) return target;
  const map = target as JsonObject;
  return map[head] === undefined ? map : { ...map, [head]: set(map[head], rest, value) as Json };
}
