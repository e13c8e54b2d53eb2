import type { Comparison, PreviousObject } from '../check';
import { append, type ClusterEstate, type FileTree, identityOf } from '../estate';
import { changedSince, type PreviousTree } from '../previous';

/** What has changed in each cluster since the committed tree; nothing where there is none. */
export function comparisons(
  previous: PreviousTree,
  clusters: readonly ClusterEstate[],
  tree: FileTree,
): ReadonlyMap<string, Comparison> {
  if (previous.files.size === 0) return new Map();
  const changes = changedSince(previous, tree);
  const before = byCluster([...changes.changed, ...changes.removed]);
  const units = unitsByCluster(previous.files.keys());
  const known = clusters.filter(({ info }) => units.has(info.name));
  return new Map(
    known.map((cluster) => {
      const { name } = cluster.info;
      return [name, comparison(cluster, before.get(name) ?? [], units.get(name) ?? new Set())];
    }),
  );
}

function comparison(
  cluster: ClusterEstate,
  before: readonly PreviousObject[],
  unitsBefore: ReadonlySet<string>,
): Comparison {
  const wanted = new Set(before.map(({ id }) => id));
  const now = new Map(
    cluster.objects.filter(({ id }) => wanted.has(id)).map((object) => [object.id, object]),
  );
  const unitsNow = new Set(cluster.units.map(({ name }) => name));
  return {
    changed: before.flatMap((object) => {
      const after = now.get(object.id);
      return after ? [{ before: object, after }] : [];
    }),
    removed: before.filter(({ id }) => !now.has(id)),
    removedUnits: [...unitsBefore].filter((unit) => !unitsNow.has(unit)),
    addedUnits: [...unitsNow].filter((unit) => !unitsBefore.has(unit)),
  };
}

function byCluster(objects: ReturnType<typeof changedSince>['changed']): Map<string, PreviousObject[]> {
  const found = new Map<string, PreviousObject[]>();
  for (const { path, before: body } of objects) {
    const [cluster = '', unit = ''] = path.split('/');
    if (body !== undefined) append(found, cluster, { ...identityOf(body), unit, path });
  }
  return found;
}

function unitsByCluster(paths: Iterable<string>): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const path of paths) {
    const [cluster = '', unit = ''] = path.split('/');
    const units = found.get(cluster) ?? new Set<string>();
    found.set(cluster, units.add(unit));
  }
  return found;
}
