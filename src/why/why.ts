import type { ClusterEstate, Edge, EstateObject, Frame, Json, Reference } from '../estate';
import { describe } from '../estate';
import { parsePath } from '../schema/validate/violation';
import type { FoundObject } from './find';
import { fieldFrame } from './field';

/** Why an object is there, and what hangs on it. */
export interface Why {
  readonly cluster: string;
  readonly object: string;
  readonly unit: string;
  readonly construct: string;
  readonly frames: readonly Frame[];
  /** The field that was asked for. */
  readonly field?: { readonly path: string; readonly value: Json | undefined; readonly frame?: Frame };
  readonly needs: readonly Need[];
  readonly neededBy: readonly Need[];
  /** What it refers to that is not in the estate. */
  readonly elsewhere: readonly { readonly what: string; readonly path: string; readonly verdict: string }[];
}

/** An object at the other end of an edge, and the field that makes it. */
export interface Need {
  readonly object: string;
  readonly strength: Edge['strength'];
  readonly path: string;
  readonly why: string;
}

/** Everything that is known of why an object is there. */
export function why({ cluster, object }: FoundObject, field?: string): Why {
  const byId = new Map(cluster.objects.map((one) => [one.id, one]));
  const need = (id: string, { strength, path, why: reason }: Edge): Need => {
    const other = byId.get(id);
    return { object: other ? describe(other) : id, strength, path, why: reason };
  };
  return {
    cluster: cluster.info.name,
    object: describe(object),
    unit: unitOf(cluster, object),
    construct: object.origin.construct,
    frames: object.origin.frames,
    ...(field === undefined ? {} : { field: fieldOf(object, field) }),
    needs: cluster.edges.filter(({ from }) => from === object.id).map((edge) => need(edge.to, edge)),
    neededBy: cluster.edges.filter(({ to }) => to === object.id).map((edge) => need(edge.from, edge)),
    elsewhere: cluster.references
      .filter((reference) => reference.from === object.id && reference.to === undefined)
      .map(outside),
  };
}

function outside({ target, path, verdict }: Reference): Why['elsewhere'][number] {
  const kind = target.kind.slice(target.kind.lastIndexOf('/') + 1);
  const what = describe({
    kind,
    name: target.name,
    ...(target.namespace === undefined ? {} : { namespace: target.namespace }),
  });
  return { what, path, verdict: verdict === 'present' ? 'comes from elsewhere' : verdict };
}

function unitOf(cluster: ClusterEstate, object: EstateObject): string {
  return cluster.units.find(({ objects }) => objects.includes(object))?.name ?? '';
}

function fieldOf(object: EstateObject, path: string): NonNullable<Why['field']> {
  const frame = fieldFrame(object, path);
  return { path, value: valueAt(object.body, path), ...(frame === undefined ? {} : { frame }) };
}

/** The value at a path such as `spec.containers[0].image`; undefined where there is none. */
export function valueAt(body: Json, path: string): Json | undefined {
  return parsePath(path).reduce<Json | undefined>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as { readonly [key: string]: Json })[key]
        : undefined,
    body,
  );
}
