import type { Json, JsonObject } from '../../estate';
import { isMap, textIn } from '../../estate';

/**
 * What names the items of lists that are merged item by item, by the name of the list; for Kubernetes' own kinds
 * alone. All other lists are replaced, as kustomize does where it has no schema.
 */
const mergeKeys: { readonly [list: string]: string } = {
  containers: 'name',
  initContainers: 'name',
  ephemeralContainers: 'name',
  env: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
  volumeDevices: 'devicePath',
  imagePullSecrets: 'name',
  hostAliases: 'ip',
  topologySpreadConstraints: 'topologyKey',
  secrets: 'name',
  webhooks: 'name',
  validations: 'expression',
};
const portKeys: { readonly [kind: string]: string } = { Service: 'port' };

/**
 * A strategic merge: maps are merged, `null` removes, lists of known items are merged by their key, those of
 * the patch in front. Nothing is given back where the patch deletes the whole.
 */
export function strategicMerge(
  target: JsonObject,
  patch: JsonObject,
  builtIn: boolean,
): JsonObject | undefined {
  return mergeMap(target, patch, { builtIn, kind: textIn(target['kind']) ?? '' });
}

interface Context {
  readonly builtIn: boolean;
  readonly kind: string;
}

function mergeMap(target: JsonObject, patch: JsonObject, context: Context): JsonObject | undefined {
  const { $patch: directive, ...fields } = patch;
  if (directive === 'delete') return undefined;
  if (directive === 'replace') return clean(fields) as JsonObject;
  const merged: { [key: string]: Json } = { ...target };
  for (const [key, value] of Object.entries(fields)) {
    const result = mergeValue(merged[key], value, key, context);
    if (result === undefined) delete merged[key];
    else merged[key] = result;
  }
  return merged;
}

function mergeValue(target: Json | undefined, patch: Json, key: string, context: Context): Json | undefined {
  if (patch === null) return undefined;
  if (isMap(patch)) return mergeMap(isMap(target) ? target : {}, patch, context);
  if (!Array.isArray(patch)) return patch;
  const name = mergeKeyOf(key, patch as readonly Json[], context);
  const before = Array.isArray(target) ? (target as readonly Json[]) : [];
  if (name === undefined) return clean(patch);
  return mergeList(before, patch as readonly JsonObject[], name, context);
}

function mergeKeyOf(list: string, items: readonly Json[], { builtIn, kind }: Context): string | undefined {
  if (!builtIn) return undefined;
  const key = list === 'ports' ? (portKeys[kind] ?? 'containerPort') : mergeKeys[list];
  return key !== undefined && items.every(isMap) ? key : undefined;
}

function mergeList(
  target: readonly Json[],
  patch: readonly JsonObject[],
  key: string,
  context: Context,
): Json[] {
  if (
    patch.some(({ $patch: directive, ...rest }) => directive === 'replace' && Object.keys(rest).length === 0)
  )
    return patch.filter(({ $patch: directive }) => directive === undefined).map(clean);
  const targets = new Map(target.map((item) => [isMap(item) ? item[key] : undefined, item]));
  const patched = new Set(patch.map((item) => item[key]));
  const merged = patch.flatMap((item): Json[] => {
    const before = targets.get(item[key]);
    if (before === undefined) return item['$patch'] === undefined ? [clean(item)] : [];
    const result = mergeMap(before as JsonObject, item, context);
    return result === undefined ? [] : [result];
  });
  return [...merged, ...target.filter((item) => !isMap(item) || !patched.has(item[key]))];
}

/** A new value, without what only a patch may hold. */
function clean(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(clean);
  if (!isMap(value)) return value;
  const fields = Object.entries(value).filter(([key, field]) => key !== '$patch' && field !== null);
  return Object.fromEntries(fields.map(([key, field]) => [key, clean(field)]));
}
