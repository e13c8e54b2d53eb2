import { append, type EstateObject, groupOf } from '../../estate';
import { perScope } from './per-scope';

/** The objects of one kind in one version. What holds for a kind need not be looked up for each of them. */
export interface ObjectsOfType {
  readonly apiVersion: string;
  readonly group: string;
  readonly kind: string;
  readonly objects: readonly EstateObject[];
}

/** The objects of a cluster by kind and version. */
export const typesOf = perScope(({ cluster }): readonly ObjectsOfType[] => {
  const versions = new Map<string, Map<string, EstateObject[]>>();
  for (const object of cluster.objects) {
    const kinds = versions.get(object.apiVersion) ?? new Map<string, EstateObject[]>();
    if (kinds.size === 0) versions.set(object.apiVersion, kinds);
    append(kinds, object.kind, object);
  }
  return [...versions].flatMap(([apiVersion, kinds]) =>
    Array.from(kinds, ([kind, objects]) => ({ apiVersion, group: groupOf(apiVersion), kind, objects })),
  );
});
