import type { EstateObject } from '../../estate';
import { REMOVED_VERSIONS, type RemovedVersion } from '../../schema/removed-versions';

const rows: ReadonlyMap<string, RemovedVersion> = new Map(
  REMOVED_VERSIONS.map((row) => [`${row.apiVersion} ${row.kind}`, row]),
);

/** When the version of an object went out of Kubernetes, if it ever did. */
export function removedVersionOf({
  apiVersion,
  kind,
}: Pick<EstateObject, 'apiVersion' | 'kind'>): RemovedVersion | undefined {
  return rows.get(`${apiVersion} ${kind}`);
}
