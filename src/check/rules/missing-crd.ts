import { append, describe, type EstateObject } from '../../estate';
import { crdKind } from '../../link';
import { externalLine, listed } from '../facts/text';
import type { CheckScope, Rule, Violation } from '../rule';

export const missingCrd: Rule = {
  id: 'missing-crd',
  title: 'Something brings the CRD of every custom resource.',
  severity: 'error',
  why: 'Without its CRD a custom resource is refused, and Flux applies nothing of the unit that it is in.',
  bad: `new KafkaTopic(this, 'orders', { … }); // and nobody installs Strimzi`,
  good: `new HelmRelease(this, 'operator', { chart: charts.strimzi });
new KafkaTopic(this, 'orders', { … });`,
  *check(scope) {
    for (const [name, objects] of objectsWithout(scope)) yield violation(name, objects);
  },
};

function objectsWithout({ cluster, find }: CheckScope): ReadonlyMap<string, readonly EstateObject[]> {
  const found = new Map<string, EstateObject[]>();
  for (const { from, target, verdict } of cluster.references) {
    const object = target.kind === crdKind && verdict === 'absent' ? find(from) : undefined;
    if (object) append(found, target.name, object);
  }
  return found;
}

function violation(name: string, objects: readonly EstateObject[]): Violation {
  const object = objects[0] as EstateObject;
  if (object.apiVersion.startsWith('kustomize.config.k8s.io/')) {
    const message = 'a kustomization.yaml is read by kustomize, it is no object of a cluster';
    return {
      object,
      path: 'apiVersion',
      message,
      fix: 'leave it out of the Include, or include what `kustomize build` makes of it',
    };
  }
  const message = `nobody brings the CRD ${name}, which ${listed(objects.map(describe))} needs`;
  const fix = `install the chart or the YAML that has it, name it in that HelmRelease's provides, or: ${externalLine({ kind: crdKind, name })}`;
  return { object, path: 'apiVersion', message, fix };
}
