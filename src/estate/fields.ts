import type { Json, JsonObject } from './types';

type Value = Json | undefined;
type Path = readonly (string | number)[];

/*
 * Objects that somebody wrote may be wrong in any way. A rule says so; nothing else may fall over it. So a look
 * into a body goes through here, and finds nothing where the type is another one.
 */

/** The value below some fields. */
export function valueIn(value: Value, ...path: Path): Value {
  return below(value, path);
}

/** The map below some fields; an empty one where there is none. */
export function mapIn(value: Value, ...path: Path): JsonObject {
  const found = below(value, path);
  return isMap(found) ? found : {};
}

/** The list below some fields; an empty one where there is none. */
export function listIn(value: Value, ...path: Path): readonly Json[] {
  const found = below(value, path);
  return Array.isArray(found) ? found : none;
}

/** The text below some fields. */
export function textIn(value: Value, ...path: Path): string | undefined {
  const found = below(value, path);
  return typeof found === 'string' ? found : undefined;
}

/** The number below some fields. */
export function numberIn(value: Value, ...path: Path): number | undefined {
  const found = below(value, path);
  return typeof found === 'number' ? found : undefined;
}

/** The texts of a list below some fields. */
export function textsIn(value: Value, ...path: Path): readonly string[] {
  const found = below(value, path);
  return Array.isArray(found) ? (found as readonly Json[]).filter((item) => typeof item === 'string') : none;
}

/** The texts of a map below some fields. */
export function textMapIn(value: Value, ...path: Path): { readonly [key: string]: string } {
  const map = below(value, path);
  if (!isMap(map)) return {};
  for (const key in map) if (typeof map[key] !== 'string') return textsAlone(map);
  return map as { readonly [key: string]: string };
}

const none: readonly never[] = [];

/** Rules look into bodies millions of times: passing the path on, or iterating over it, would take most of that time. */
function below(value: Value, path: Path): Value {
  let current = value;
  for (let index = 0; index < path.length; index++) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as { readonly [key: string | number]: Json })[path[index] as string | number];
  }
  return current;
}

function textsAlone(map: JsonObject): { readonly [key: string]: string } {
  const texts: { [key: string]: string } = {};
  for (const key in map) if (typeof map[key] === 'string') texts[key] = map[key];
  return texts;
}

/** Whether a value is a map, as opposed to a list, a scalar or nothing. */
export function isMap(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
