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
    const { source } = cluster.info;
    const unused = new Map(sourceKinds.flatMap(of).map((object) => [object.id, object]));
    for (const { from, to } of cluster.references)
      if (to !== undefined && !from.startsWith('notification.')) unused.delete(to);
    for (const object of unused.values()) {
      if (object.name === source.name && object.namespace === source.namespace) continue;
      yield {
        object,
        message: `nobody uses ${describe(object)}`,
        fix: 'remove it, or name it where it is meant to be used',
      };
    }
  },
};
