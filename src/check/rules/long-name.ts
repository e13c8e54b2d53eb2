import { describe } from '../../estate';
import type { Rule } from '../rule';

interface Limit {
  readonly kind: string;
  readonly most: number;
  /** What the name becomes a part of. */
  readonly because: string;
}

const limits: readonly Limit[] = [
  {
    kind: 'apps/StatefulSet',
    most: 52,
    because:
      'its pods carry it with a hash of ten characters in the label controller-revision-hash, which takes 63',
  },
  { kind: 'batch/Job', most: 63, because: 'its pods carry it in the label job-name' },
  {
    kind: 'kustomize.toolkit.fluxcd.io/Kustomization',
    most: 63,
    because: 'Flux writes it as a label on every object of the unit',
  },
  {
    kind: 'helm.toolkit.fluxcd.io/HelmRelease',
    most: 63,
    because: 'Flux writes it as a label on every object of the release',
  },
];

export const longName: Rule = {
  id: 'long-name',
  title: 'Names are short enough for what controllers make of them.',
  severity: 'error',
  why: 'The API server takes the name, but a controller writes it into a label or a longer name that has less room: a StatefulSet then never makes a pod, a Kustomization applies nothing.',
  bad: `kind: StatefulSet
metadata:
  name: analytics-events-cold-storage-replicated-primary-eu-west # 54 characters`,
  good: `kind: StatefulSet
metadata:
  name: analytics-events-eu-west`,
  *check({ of }) {
    for (const { kind, most, because } of limits) {
      for (const object of of(kind)) {
        const { length } = object.name;
        if (length <= most) continue;
        const message = `the name of ${describe(object)} has ${length} characters of at most ${most}: ${because}`;
        yield { object, path: 'metadata.name', message, fix: `write a name of at most ${most} characters` };
      }
    }
  },
};
