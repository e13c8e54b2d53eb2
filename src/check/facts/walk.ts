import { isMap, type Json, type JsonObject } from '../../estate';
import { pathText } from '../../link/scan';

/** A map inside a value, and where it is: the path is made when it is asked for. */
export interface Place {
  readonly map: JsonObject;
  /** The path of a field of the map, or of a field of a field. */
  readonly pathOf: (...fields: readonly (string | number)[]) => string;
}

/** Every map inside a value, itself included; `path` is where the value is. */
export function mapsIn(value: Json | undefined, ...path: readonly (string | number)[]): Place[] {
  const found: Place[] = [];
  collect(value, path, found);
  return found;
}

function collect(value: Json | undefined, path: readonly (string | number)[], found: Place[]): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      if (typeof value[index] === 'object') collect(value[index] as Json, [...path, index], found);
    }
  } else if (isMap(value)) {
    found.push({ map: value, pathOf: (...fields) => pathText([...path, ...fields]) });
    for (const key in value) if (typeof value[key] === 'object') collect(value[key], [...path, key], found);
  }
}
