import { perScope } from './per-scope';

/** The identities of sources that HelmReleases take their chart from. */
export const chartSources = perScope(({ cluster }): ReadonlySet<string> => {
  const references = cluster.references.filter(
    ({ from, path }) => from.startsWith('helm.toolkit.fluxcd.io/') && path === 'spec.chartRef.name',
  );
  return new Set(references.flatMap(({ to }) => to ?? []));
});
