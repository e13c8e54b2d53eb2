import { connectionsOf, hasNamedPods, openersOf } from '../../derive';
import { describe, type EstateObject, podTemplateOf } from '../../estate';
import { grouped } from '../facts/grouped';
import { listed } from '../facts/text';
import { workloadsOf } from '../facts/workloads';
import type { CheckScope, Rule, Violation } from '../rule';

export const openNamespace: Rule = {
  id: 'open-namespace',
  title: 'Where network policies are asked for, they close what runs.',
  severity: 'note',
  why: 'A namespace in which a chart or an operator may run pods that nobody knows stays open: closing it could cut them off. And a policy means pods by their labels: a connection of pods without any would be opened to the whole namespace, so it stays closed.',
  bad: `new Cluster(app, 'production', { networkPolicies: true });
// and in one namespace: a Deployment of your own, and the HelmRelease of a cache`,
  good: `// the cache in a namespace of its own; or NetworkPolicies written by hand for both, and
ignore(release, 'open-namespace', 'closed by policies/cache.yaml');`,
  *check(scope) {
    if (!scope.cluster.info.networkPolicies) return;
    const openers = openersOf(scope.cluster.objects);
    const workloads = grouped(
      workloadsOf(scope).map(({ object }) => object),
      ({ namespace }) => namespace ?? '',
    );
    for (const [namespace, inside] of workloads) {
      const [opener] = openers.get(namespace) ?? [];
      if (opener) yield open(opener, namespace, inside);
      else
        yield* inside.filter((object) => !hasNamedPods(object)).flatMap((object) => unnamed(object, scope));
    }
  },
};

function open(object: EstateObject, namespace: string, inside: readonly EstateObject[]): Violation {
  const message = `${namespace} stays open: nobody knows which pods ${describe(object)} runs there, so there are no network policies for ${listed(inside.map(describe))}`;
  const fix = `move one of them to another namespace, or write the NetworkPolicies by hand and say so: ignore(…, 'open-namespace', '<why>')`;
  return { object, message, fix };
}

/** Pods without labels that call somebody. */
function unnamed(object: EstateObject, { cluster }: CheckScope): Violation[] {
  if (!connectionsOf(cluster).some(({ client }) => client.id === object.id)) return [];
  const message = `the pods of ${describe(object)} have no labels: no network policy can open its connections to them alone`;
  const path = podTemplateOf(object)?.path.replace(/spec$/, 'metadata.labels') ?? 'metadata.labels';
  return [{ object, path, severity: 'warning', message, fix: `write ${path}, e.g. { app: ${object.name} }` }];
}
