import { type ClusterEstate, type ObjectId, textIn } from '../estate';
import type { LiveObject } from '../lab/api/client';
import { folderOf, kustomizationId } from './world';

/**
 * The clusters of an estate that a running one may be: those that share the most Kustomizations with it, of the same
 * name and folder. None where it has no unit of any.
 */
export function likelyClusters(
  clusters: readonly ClusterEstate[],
  kustomizations: readonly LiveObject[],
): ClusterEstate[] {
  const live = new Set(
    kustomizations.map((one) =>
      key(kustomizationId(one.metadata.name, one.metadata.namespace), textIn(one.spec, 'path')),
    ),
  );
  const shares = (cluster: ClusterEstate): number =>
    cluster.objects.filter(({ id, body }) => live.has(key(id, textIn(body, 'spec', 'path')))).length;
  const most = Math.max(0, ...clusters.map(shares));
  return most === 0 ? [] : clusters.filter((cluster) => shares(cluster) === most);
}

function key(id: ObjectId, path: string | undefined): string {
  return `${id} ${folderOf(path)}`;
}
