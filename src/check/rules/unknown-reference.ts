import { describe, isHelmRelease, type Reference } from '../../estate';
import { describeTarget } from '../../link';
import { grouped } from '../facts/grouped';
import { listed } from '../facts/text';
import type { Rule } from '../rule';

export const unknownReference: Rule = {
  id: 'unknown-reference',
  title: 'It is known what charts and operators bring to those who use it.',
  severity: 'note',
  why: 'Something is named that may be inside a chart or be made by an operator, but nobody has looked. The order of units relies on it being there; a typing mistake in it would not be found.',
  bad: `new HelmRelease(this, 'cache', { chart: chart({ name: 'valkey', … }) });
// and elsewhere: CACHE=valkey.cache.svc:6379`,
  good: `new HelmRelease(this, 'cache', {
  chart: chart({ name: 'valkey', … }),
  provides: [{ kind: 'Service', namespace: 'cache', name: 'valkey' }],
});`,
  *check({ cluster, find }) {
    const byBringer = grouped(
      cluster.references.filter(({ verdict, optional }) => verdict === 'unknown' && !optional),
      ({ to }) => to ?? '',
    );
    for (const [id, references] of byBringer) {
      const object = find(id);
      if (!object) continue;
      const message = `nobody has looked whether ${describe(object)} brings ${listed(targets(references))}`;
      const say = isHelmRelease(object)
        ? 'import its chart with fluxwright import, or list it in provides: […]'
        : 'say it: provides(…, […])';
      yield { object, message, fix: `${say}; look into the cluster or the rendered chart first` };
    }
  },
};

function targets(references: readonly Reference[]): string[] {
  return [...new Set(references.map(({ target }) => describeTarget(target)))].sort();
}
