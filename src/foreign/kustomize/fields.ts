import type { Json, JsonObject } from '../../estate';
import { isMap } from '../../estate';

/** A field that a transformer sets, as kustomize's tables write them: `spec/selector/matchLabels`; a list (`[]`) is never made. */
export interface FieldSpec {
  readonly path: string;
  /** The kinds that have it, with or without their group; absent for all. */
  readonly kinds?: readonly string[];
  /** Whether it is made where it is not there. */
  readonly create?: boolean;
}

/** Change a field, and every one of them where lists are on the way. Nothing given back removes it. */
export function updateAt(
  value: JsonObject,
  path: string,
  create: boolean,
  change: (value: Json | undefined) => Json | undefined,
): JsonObject {
  return (update(value, path.split('/'), create, change) ?? {}) as JsonObject;
}

function update(
  value: Json | undefined,
  path: readonly string[],
  create: boolean,
  change: (value: Json | undefined) => Json | undefined,
): Json | undefined {
  const [head, ...rest] = path;
  if (head === undefined) return value === undefined && !create ? value : change(value);
  if (Array.isArray(value))
    return (value as readonly Json[]).flatMap((item) => update(item, path, create, change) ?? []);
  if (value === undefined || value === null) {
    if (!create) return value;
  } else if (!isMap(value)) return value;
  const map = isMap(value) ? value : {};
  const key = head.replace('[]', '');
  if (key !== head && map[key] === undefined) return value;
  const inner = update(map[key], rest, create, change);
  if (inner === map[key]) return value;
  const { [key]: _, ...others } = map;
  return inner === undefined ? others : { ...map, [key]: inner };
}

/** Whether a field is one of a kind. */
export function isFieldOf({ kinds }: FieldSpec, kind: string): boolean {
  return kinds === undefined || kinds.includes(kind) || kinds.includes(kind.slice(kind.lastIndexOf('/') + 1));
}
