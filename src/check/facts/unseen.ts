import type { EstateObject } from '../../estate';
import { coreGroups, groupOf, isHelmRelease, kindOf } from '../../estate';
import { perScope } from './per-scope';
import { mayRunPods, releasesOf } from './releases';
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
  for (const object of scope.cluster.objects) {
    if (object.namespace !== undefined && mayHaveOperator(object))
      found.set(object.namespace, `${object.kind} ${object.name}`);
  }
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

function mayHaveOperator(object: EstateObject): boolean {
  const group = groupOf(object.apiVersion);
  return (
    !isHelmRelease(object) &&
    !coreGroups.has(group) &&
    !bringsNoPods.has(group) &&
    !bringsNoPods.has(kindOf(object))
  );
}
