import type { Json, JsonObject } from './types';

type Value = Json | undefined;

/*
 * Objects that somebody wrote may be wrong in any way. A rule says so; nothing else may fall over it. So a look
 * into a body goes through here, and finds nothing where the type is another one.
 */

/** The value below some fields. */
export function valueIn(value: Value, ...path: readonly (string | number)[]): Value {
  let current = value;
  for (const segment of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as { readonly [key: string | number]: Json })[segment];
  }
  return current;
}

/** The map below some fields; an empty one where there is none. */
export function mapIn(value: Value, ...path: readonly (string | number)[]): JsonObject {
  const found = valueIn(value, ...path);
  return isMap(found) ? found : {};
}

/** The list below some fields; an empty one where there is none. */
export function listIn(value: Value, ...path: readonly (string | number)[]): readonly Json[] {
  const found = valueIn(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The text below some fields. */
export function textIn(value: Value, ...path: readonly (string | number)[]): string | undefined {
  const found = valueIn(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** The number below some fields. */
export function numberIn(value: Value, ...path: readonly (string | number)[]): number | undefined {
  const found = valueIn(value, ...path);
  return typeof found === 'number' ? found : undefined;
}

/** The texts of a list below some fields. */
export function textsIn(value: Value, ...path: readonly (string | number)[]): readonly string[] {
  return listIn(value, ...path).filter((item) => typeof item === 'string');
}

/** The texts of a map below some fields. */
export function textMapIn(
  value: Value,
  ...path: readonly (string | number)[]
): { readonly [key: string]: string } {
  const map = mapIn(value, ...path);
  for (const key in map) if (typeof map[key] !== 'string') return textsAlone(map);
  return map as { readonly [key: string]: string };
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
