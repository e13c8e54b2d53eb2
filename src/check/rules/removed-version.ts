import { removedVersionOf } from '../facts/removed';
import { typesOf } from '../facts/types';
import { isAtLeast } from '../facts/versions';
import type { Rule } from '../rule';

export const removedVersion: Rule = {
  id: 'removed-version',
  title: "No object is written in a version that the cluster's Kubernetes no longer has.",
  severity: 'error',
  why: 'The API server does not know the version any more: the first reconciliation after the upgrade of the cluster fails.',
  bad: `apiVersion: policy/v1beta1
kind: PodDisruptionBudget`,
  good: `apiVersion: policy/v1
kind: PodDisruptionBudget`,
  *check(scope) {
    const { kubernetesVersion } = scope.cluster.info;
    for (const type of typesOf(scope)) {
      const removed = removedVersionOf(type);
      if (!removed || !isAtLeast(kubernetesVersion, removed.removedIn)) continue;
      const message = `${type.apiVersion} ${type.kind} is gone since Kubernetes ${removed.removedIn}, and the cluster has ${kubernetesVersion}`;
      const fix = removed.replacement
        ? `write apiVersion: ${removed.replacement}`
        : 'remove it: nothing takes its place';
      for (const object of type.objects) yield { object, path: 'apiVersion', message, fix };
    }
  },
};
