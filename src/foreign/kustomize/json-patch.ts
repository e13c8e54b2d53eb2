import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../estate';
import { isMap } from '../../estate';

/** One step of a JSON patch (RFC 6902). */
export interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value?: Json;
  readonly from?: string;
}

/**
 * Apply a JSON patch.
 *
 * @throws where a path is not there, with its name
 */
export function jsonPatch(target: JsonObject, operations: readonly Operation[]): JsonObject {
  return operations.reduce<Json>(apply, target) as JsonObject;
}

function apply(target: Json, { op, path, value, from }: Operation): Json {
  const segments = segmentsOf(path);
  if (op === 'add') return change(target, segments, path, () => value ?? null, 'insert');
  if (op === 'replace') return change(target, segments, path, () => value ?? null, 'replace');
  if (op === 'remove') return change(target, segments, path, () => undefined, 'replace');
  if (op === 'copy') return apply(target, { op: 'add', path, value: valueAt(target, from ?? '') });
  if (op === 'move') {
    const moved = valueAt(target, from ?? '');
    return apply(apply(target, { op: 'remove', path: from ?? '' }), { op: 'add', path, value: moved });
  }
  if (op !== 'test') throw new Error(`there is no operation ${op}`);
  if (!isDeepStrictEqual(valueAt(target, path), value)) throw new Error(`the test of ${path} fails`);
  return target;
}

type Mode = 'insert' | 'replace';

function change(
  target: Json,
  [head, ...rest]: readonly string[],
  path: string,
  make: () => Json | undefined,
  mode: Mode,
): Json {
  if (head === undefined) return make() ?? null;
  if (Array.isArray(target)) return changeList(target as readonly Json[], [head, ...rest], path, make, mode);
  if (!isMap(target)) throw new Error(`there is no ${path}`);
  const inner = target[head];
  if (rest.length === 0) {
    const value = make();
    // What is not there cannot be removed, but kustomize lets it be replaced.
    if (inner === undefined && value === undefined) throw new Error(`there is no ${path}`);
    const { [head]: _, ...others } = target;
    return value === undefined ? others : { ...target, [head]: value };
  }
  if (inner === undefined) throw new Error(`there is no ${path}`);
  return { ...target, [head]: change(inner, rest, path, make, mode) };
}

function changeList(
  list: readonly Json[],
  [head = '', ...rest]: readonly string[],
  path: string,
  make: () => Json | undefined,
  mode: Mode,
): Json[] {
  const index = head === '-' ? list.length : Number(head);
  const last = rest.length === 0 && mode === 'insert' ? list.length : list.length - 1;
  if (!Number.isInteger(index) || index < 0 || index > last) throw new Error(`there is no ${path}`);
  if (rest.length > 0) return list.with(index, change(list[index] as Json, rest, path, make, mode));
  const value = make();
  return list.toSpliced(index, mode === 'insert' ? 0 : 1, ...(value === undefined ? [] : [value]));
}

function valueAt(target: Json, path: string): Json {
  let value: Json | undefined = target;
  for (const segment of segmentsOf(path)) {
    const inner: Json | undefined = Array.isArray(value)
      ? (value as readonly Json[])[Number(segment)]
      : isMap(value)
        ? value[segment]
        : undefined;
    if (inner === undefined) throw new Error(`there is no ${path}`);
    value = inner;
  }
  return value;
}

function segmentsOf(path: string): string[] {
  return path
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}
