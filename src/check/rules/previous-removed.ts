import {
  annotationsOf,
  chartOf,
  describe,
  groupOf,
  isHelmRelease,
  kindOf,
  objectId,
  type EstateObject,
  type External,
} from '../../estate';
import { crdKind } from '../../link';
import { holdsDataOf, pruneAnnotation } from '../../units';
import type { PreviousObject } from '../comparison';
import type { CheckScope, Rule } from '../rule';

export const removesData: Rule = {
  id: 'removes-data',
  title: 'Nothing that holds data leaves the estate by accident.',
  severity: 'error',
  why: 'A volume, a database, a topic, a CRD with all its objects or a Namespace with all that is in it cannot be had back with a revert.',
  bad: `// the line with the database is gone, and nothing else was said`,
  good: `external(this, { kind: 'postgresql.cnpg.io/Cluster', namespace: 'shop', name: 'orders', reason: 'kept until the export is done' });`,
  *check({ cluster, comparison }) {
    for (const object of comparison?.removed ?? []) {
      const holds = kindOf(object) === 'Namespace' || holdsDataOf(asObject(object)) || hasClaims(object);
      if (!holds || isMeant(object) || cluster.info.externals.some((external) => covers(external, object)))
        continue;
      const what = describe(object);
      yield {
        origin: { construct: object.unit, frames: [] },
        message: `${what} is no longer in unit ${object.unit}, and it holds data`,
        fix: `put it back; or, if it shall stay in the cluster without Flux, say ${externalOf(object)};\n${deletionOf(object)}`,
      };
    }
  },
};

export const operatorRemoved: Rule = {
  id: 'operator-removed',
  title: 'An operator stays until its custom resources are gone.',
  severity: 'error',
  why: 'Custom resources wait for their operator to take off a finalizer before they go. Without it they, and their Namespace, are never deleted.',
  bad: `// one commit removes the HelmRelease of the operator and the Kafka that it keeps`,
  good: `// first commit: remove the Kafka. When it is gone from the cluster, second commit: remove the operator`,
  *check(scope) {
    const removed = scope.comparison?.removed ?? [];
    const brought = crdsBroughtBy(removed, scope);
    if (brought.size === 0) return;
    for (const object of removed) {
      const info = scope.registry.info(groupOf(object.apiVersion), object.kind);
      const operator = info && brought.get(`${info.plural}.${info.group}`);
      if (!operator) continue;
      yield {
        origin: { construct: object.unit, frames: [] },
        message: `${describe(object)} goes in the same commit as ${describe(operator)}, which has to see it off`,
        fix: `remove ${describe(object)} first and let Flux reconcile; when it is gone from the cluster, remove ${describe(operator)}`,
      };
    }
  },
};

/** CRD → the removed object that brought it. */
function crdsBroughtBy(
  removed: readonly PreviousObject[],
  { registry, find }: CheckScope,
): ReadonlyMap<string, PreviousObject> {
  const byId = new Map(removed.map((object) => [object.id, object]));
  const source = (id: string): EstateObject | undefined =>
    find(id) ?? (byId.has(id) ? asObject(byId.get(id) as PreviousObject) : undefined);
  const found = new Map<string, PreviousObject>();
  for (const object of removed) {
    if (kindOf(object) === crdKind) found.set(object.name, object);
    const chart = isHelmRelease(object) ? chartOf(asObject(object), source) : undefined;
    for (const crd of (chart && registry.chart(chart.name, chart.version)?.crds) ?? [])
      found.set(crd, object);
  }
  return found;
}

function externalOf({ namespace, name, ...object }: PreviousObject): string {
  const place = namespace === undefined ? '' : `namespace: '${namespace}', `;
  return `external(…, { kind: '${kindOf(object)}', ${place}name: '${name}', reason: … })`;
}

/** How it goes with all that it holds, where somebody wants that. Flux itself never deletes a Namespace. */
function deletionOf(object: PreviousObject): string {
  return kindOf(object) === 'Namespace'
    ? `or, if it shall be deleted with all that is in it: 1. say external(…) so, and let Flux reconcile; 2. \`kubectl delete namespace ${object.name}\`, and take external(…) out again`
    : `or, if it shall be deleted with its data, in two commits: 1. annotate it ${pruneAnnotation}: enabled, and let Flux reconcile; 2. remove it`;
}

/** Somebody has written, and committed, that Flux may delete it. */
function isMeant({ body }: PreviousObject): boolean {
  return annotationsOf(body)[pruneAnnotation] === 'enabled';
}

function hasClaims(object: PreviousObject): boolean {
  const spec = object.body['spec'] as { volumeClaimTemplates?: unknown } | undefined;
  return kindOf(object) === 'apps/StatefulSet' && Array.isArray(spec?.volumeClaimTemplates);
}

function covers({ kind, namespace, name }: External, object: PreviousObject): boolean {
  const near = namespace === undefined || namespace === '*' || namespace === object.namespace;
  return kind === kindOf(object) && near && (name === '*' || name === object.name);
}

function asObject({ unit, path: _, ...object }: PreviousObject): EstateObject {
  return {
    ...object,
    id: objectId(object.apiVersion, object.kind, object.namespace, object.name),
    chart: unit,
    origin: { construct: unit, frames: [] },
  };
}
