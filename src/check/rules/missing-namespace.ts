import { append, describe, type EstateObject, isForAnother, objectId, valueIn } from '../../estate';
import { namespacesUnit } from '../../construct/defaults';
import { nearName } from '../facts/known-names';
import { releasesOf } from '../facts/releases';
import { listed } from '../facts/text';
import type { CheckScope, Rule, Violation } from '../rule';

export const missingNamespace: Rule = {
  id: 'missing-namespace',
  title: 'Every namespace that objects are in is there.',
  severity: 'error',
  why: 'The API server refuses an object in a namespace that does not exist, and with it Flux the whole unit.',
  bad: `metadata:
  namespace: shpo`,
  good: `super(cluster, 'shop', { namespace: 'shop' }); // a chart's namespace is made for it`,
  *check(scope) {
    for (const [namespace, objects] of objectsWithout(scope)) yield violation(namespace, objects, scope);
  },
};

function objectsWithout(scope: CheckScope): ReadonlyMap<string, readonly EstateObject[]> {
  const found = new Map<string, EstateObject[]>();
  const add = (namespace: string, object: EstateObject | undefined): void => {
    if (object) append(found, namespace, object);
  };
  for (const { from, target, verdict } of scope.cluster.references) {
    if (target.kind === 'Namespace' && verdict === 'absent') add(target.name, scope.find(from));
  }
  for (const { object, namespace } of releasesOf(scope)) {
    const own =
      isForAnother(object) ||
      namespace === object.namespace ||
      valueIn(object.body, 'spec', 'install', 'createNamespace') === true;
    if (!own && !isThere(namespace, scope)) add(namespace, object);
  }
  return found;
}

function isThere(namespace: string, scope: CheckScope): boolean {
  const { cluster, find } = scope;
  if (find(objectId('v1', 'Namespace', undefined, namespace))) return true;
  const promised = cluster.info.externals.some(
    ({ kind, name }) => kind === 'Namespace' && (name === namespace || name === '*'),
  );
  return promised || ofEveryCluster.has(namespace);
}

const ofEveryCluster = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease', 'flux-system']);

function violation(namespace: string, objects: readonly EstateObject[], scope: CheckScope): Violation {
  const [object] = objects;
  const near = nearName(scope, { kind: 'Namespace', name: namespace });
  const message = `there is no Namespace ${namespace}: ${listed(objects.map(describe))} cannot be there`;
  const made = `make it with cluster.namespace('${namespace}'), or as a chart's { namespace: '${namespace}' }; it goes to the unit ${namespacesUnit}`;
  return {
    ...(object && { object }),
    path: 'metadata.namespace',
    message,
    fix: near === undefined ? made : `write ${near}, or ${made}`,
  };
}
