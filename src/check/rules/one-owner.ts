import { describe, type EstateObject, kindOf, objectId } from '../../estate';
import { releasesOf, type Release } from '../facts/releases';
import { madeAt } from '../facts/text';
import type { CheckScope, Rule, Violation } from '../rule';

export const oneOwner: Rule = {
  id: 'one-owner',
  title: 'Every object of a cluster is written once.',
  severity: 'error',
  why: 'Two units that apply one object overwrite each other at every reconciliation, without a word. When one of them drops it, Flux deletes it under the other: that is how whole namespaces were lost. Helm refuses to install over an object that is not its own.',
  bad: `new ApiObject(shop, 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
new ApiObject(shop, 'b', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });`,
  good: `const settings = new ApiObject(shop, 'a', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
// and hand settings.name to whoever needs it`,
  *check(scope) {
    yield* writtenTwice(scope);
    yield* broughtByHelmAsWell(scope);
  },
};

function* writtenTwice(scope: CheckScope): Iterable<Violation> {
  const first = new Map<string, EstateObject>();
  for (const object of scope.cluster.objects) {
    const other = first.get(object.id);
    if (!other) {
      first.set(object.id, object);
      continue;
    }
    const message = `${describe(object)} is written twice: in ${object.chart}, and in ${other.chart}${madeAt(other)}`;
    yield { object, message, fix: 'remove one of the two, or give it another name or namespace' };
  }
}

/** Kinds that charts always own: others are often switched off in a chart to be written by hand. */
const ownedByCharts: ReadonlySet<string> = new Set([
  'Service',
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'rbac.authorization.k8s.io/Role',
  'rbac.authorization.k8s.io/RoleBinding',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
]);

function* broughtByHelmAsWell(scope: CheckScope): Iterable<Violation> {
  const bringers = new Map<string, Release>();
  for (const release of releasesOf(scope)) {
    for (const one of release.brings ?? []) {
      if (!ownedByCharts.has(kindOf(one))) continue;
      const id = objectId(one.apiVersion, one.kind, one.namespace, one.name);
      const [plain, other] = [scope.find(id), bringers.get(id)];
      if (plain) yield collision(plain, release, madeAt(release.object));
      else if (other && other !== release)
        yield collision(release.object, other, madeAt(other.object), describe(one));
      else bringers.set(id, release);
    }
  }
}

function collision(
  object: EstateObject,
  { object: release, chart }: Release,
  place: string,
  what = describe(object),
): Violation {
  const message = `${what} is also brought by ${describe(release)}${place}: the chart ${chart?.name ?? ''} installs it by default`;
  const fix =
    'give one of them another name, or switch it off in the values of the chart and say so with ignore(…)';
  return { object, message, fix, severity: 'warning' };
}
