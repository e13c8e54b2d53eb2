import { ApiObject } from 'cdk8s';

/**
 * Fields that were given to a construct, or patched in, and are not in what it renders: classes made by
 * `cdk8s import` rebuild their object from the fields that they know, and drop all others without a word.
 */
export function lostFields(object: ApiObject, rendered: unknown): string[] {
  if (object.toJson === ApiObject.prototype.toJson) return [];
  return missing(ApiObject.prototype.toJson.call(object), rendered, '');
}

function missing(given: unknown, kept: unknown, path: string): string[] {
  if (given === undefined || given === null) return [];
  if (kept === undefined) return [path];
  if (Array.isArray(given))
    return given.flatMap((item, index) => missing(item, (kept as unknown[])[index], `${path}[${index}]`));
  if (typeof given !== 'object' || typeof kept !== 'object' || kept === null) return [];
  const other = new Map(Object.entries(kept).map(([key, value]) => [plainName(key), value]));
  return Object.entries(given).flatMap(([key, value]) =>
    missing(value, other.get(plainName(key)), path === '' ? key : `${path}.${key}`),
  );
}

/** Generated classes write `$ref` as `ref` and `x-y` as `xY`. */
function plainName(key: string): string {
  return key.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase();
}
