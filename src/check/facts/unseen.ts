import type { EstateObject } from '../../estate';
import { coreGroups, isHelmRelease, kindOf } from '../../estate';
import { perScope } from './per-scope';
import { mayRunPods, releasesOf } from './releases';
import { type ObjectsOfType, typesOf } from './types';
import { bringsNoPods } from './unseen-tables';

/**
 * The namespaces in which pods may run that are not in the estate, and who brings them: a chart, an operator,
 * another owner, the cluster itself.
 */
export const unseenPods = perScope((scope): ReadonlyMap<string, string> => {
  const found = new Map([...ofTheCluster].map((namespace) => [namespace, 'the cluster itself']));
  for (const { kind, namespace, name } of scope.cluster.info.externals) {
    if (kind === 'Namespace') found.set(name, 'another owner');
    else if (namespace !== undefined && ownersThings.has(kind)) found.set(namespace, 'another owner');
  }
  for (const { kind, namespace, name } of typesOf(scope).filter(mayHaveOperator).flatMap(objectsIn))
    if (namespace !== undefined) found.set(namespace, `${kind} ${name}`);
  for (const release of releasesOf(scope))
    if (mayRunPods(release)) found.set(release.namespace, `HelmRelease ${release.object.name}`);
  return found;
});

const ofTheCluster = new Set(['kube-system', 'kube-public', 'kube-node-lease', 'flux-system']);
const ownersThings = new Set([
  'Pod',
  'Service',
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'batch/Job',
]);

function mayHaveOperator(type: ObjectsOfType): boolean {
  return (
    !isHelmRelease(type) &&
    !coreGroups.has(type.group) &&
    !bringsNoPods.has(type.group) &&
    !bringsNoPods.has(kindOf(type))
  );
}

function objectsIn({ objects }: ObjectsOfType): readonly EstateObject[] {
  return objects;
}
