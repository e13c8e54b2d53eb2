import type { Json, JsonObject } from '../estate';
import { parsePath } from '../schema/validate/violation';

/** Set the field at a path, as findings write it: `spec.containers[0].image`. A path that is not there changes nothing. */
export function setText(body: JsonObject, path: string, value: Json): JsonObject {
  return set(body, parsePath(path), value) as JsonObject;
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
