import { isDeepStrictEqual } from 'node:util';
import { type EstateObject, type Finding, isMap, type Json, type JsonObject } from '../estate';
import type { LiveObject } from '../lab/api/client';
import type { World } from './world';

/** Fields that somebody else has taken over from Flux with another value than the estate says. */
export function driftedObjects({ wanted, live }: World): Finding[] {
  return [...wanted.values()].flatMap((object) => {
    const found = live.get(object.id);
    return found && object.verbatim === undefined
      ? changesOf(object, found).map((change) => drifted(object, change))
      : [];
  });
}

interface Change {
  readonly path: string;
  readonly wanted: Json;
  readonly live: Json | undefined;
  readonly manager: string;
}

interface Managed {
  readonly manager: string;
  readonly subresource?: string;
  readonly fieldsV1?: JsonObject;
}

const FLUX = /^(kustomize|helm)-controller$/;

function changesOf({ body }: EstateObject, live: LiveObject): Change[] {
  const managed = ((live.metadata as JsonObject)['managedFields'] ?? []) as unknown as readonly Managed[];
  const own = managed.filter(({ manager }) => FLUX.test(manager)).map(({ fieldsV1 = {} }) => fieldsV1);
  const others = managed.filter(
    ({ manager, subresource }) => !FLUX.test(manager) && subresource !== 'status',
  );
  return others.flatMap(({ manager, fieldsV1 = {} }) =>
    walk(fieldsV1, { path: '', wanted: body, live: live as unknown as Json, own }).map((change) => ({
      ...change,
      manager,
    })),
  );
}

interface Place {
  readonly path: string;
  readonly wanted: Json | undefined;
  readonly live: Json | undefined;
  /** What Flux owns here: a set of fields for each of its entries. */
  readonly own: readonly JsonObject[];
}

/** Goes down the fields that somebody owns: `f:<field>`, and `k:<keys>` for an item of a list. */
function walk(fields: JsonObject, place: Place): Omit<Change, 'manager'>[] {
  return Object.entries(fields).flatMap(([key, inner]) => {
    if (key === '.' || !isMap(inner)) return [];
    const next = below(place, key);
    if (next?.wanted === undefined) return [];
    if (Object.keys(inner).some((name) => name !== '.')) return walk(inner, next);
    const { path, wanted, live } = next;
    return next.own.length > 0 || isDeepStrictEqual(wanted, live) ? [] : [{ path, wanted, live }];
  });
}

function below({ path, wanted, live, own }: Place, key: string): Place | undefined {
  const inner = own.flatMap((fields) => (isMap(fields[key]) ? [fields[key]] : []));
  if (key.startsWith('f:')) {
    const name = key.slice(2);
    const segment = /[^\w-]/.test(name) ? `["${name}"]` : path === '' ? name : `.${name}`;
    return {
      path: `${path}${segment}`,
      wanted: fieldOf(wanted, name),
      live: fieldOf(live, name),
      own: inner,
    };
  }
  if (!key.startsWith('k:') || !Array.isArray(wanted)) return undefined;
  const keys = Object.entries(JSON.parse(key.slice(2)) as JsonObject);
  const item = (list: Json | undefined): number =>
    Array.isArray(list)
      ? list.findIndex((one: Json) => keys.every(([name, value]) => fieldOf(one, name) === value))
      : -1;
  const index = item(wanted);
  return {
    path: `${path}[${index}]`,
    wanted: wanted[index] as Json,
    live: (live as Json[] | undefined)?.[item(live)],
    own: inner,
  };
}

function fieldOf(value: Json | undefined, name: string): Json | undefined {
  return isMap(value) ? value[name] : undefined;
}

function drifted({ id, apiVersion, kind, namespace, name }: EstateObject, change: Change): Finding {
  const { path, manager, wanted, live } = change;
  const [is, should] = [live, wanted].map((value) => JSON.stringify(value));
  return {
    rule: 'Drifted',
    severity: 'warning',
    message: `${manager} has set it to ${is}, the estate says ${should}`,
    fix: 'write it here if it is meant: Flux sets it back at its next look',
    object: { id, apiVersion, kind, name, ...(namespace !== undefined && { namespace }) },
    path,
  };
}
