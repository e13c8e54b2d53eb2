import { describe } from '../../estate';
import type { Rule } from '../rule';

const group = 'source.toolkit.fluxcd.io';
const sourceKinds = ['GitRepository', 'OCIRepository', 'HelmRepository', 'HelmChart', 'Bucket'].map(
  (kind) => `${group}/${kind}`,
);

export const unusedSource: Rule = {
  id: 'unused-source',
  title: 'Somebody uses every source.',
  severity: 'warning',
  why: 'Flux downloads a source again and again whether it is used or not; most often it is what is left of something removed, or its user has a typing mistake.',
  bad: 'A HelmRepository that no HelmRelease names.',
  good: 'Remove it: a HelmRelease makes the source that it needs itself.',
  *check({ cluster, of }) {
    const used = new Set(
      cluster.references.filter(({ from }) => !from.startsWith('notification.')).map(({ to }) => to),
    );
    for (const object of sourceKinds.flatMap(of)) {
      const isClusters =
        object.name === cluster.info.source.name && object.namespace === cluster.info.source.namespace;
      if (isClusters || used.has(object.id)) continue;
      yield {
        object,
        message: `nobody uses ${describe(object)}`,
        fix: 'remove it, or name it where it is meant to be used',
      };
    }
  },
};
