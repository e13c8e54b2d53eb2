import { expect, test } from '@jest/globals';
import { add, base, firing, set, texts } from '../support';

const ofRepository = (version: string): string => `
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: charts, namespace: flux-system }
spec: { interval: 1h, url: https://charts.example.com }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: cache, namespace: data }
spec:
  interval: 1h
  chart: { spec: { chart: cache, version: '${version}', sourceRef: { kind: HelmRepository, name: charts, namespace: flux-system } } }`;

test.each(['', '*', '>=1.0.0', '1.x', '~1.2.3', '1.2'])('the version %j is found', (version) => {
  const broken = add(base(), 'cache', ofRepository(version));
  expect(texts(broken, 'chart-not-pinned')).toHaveLength(1);
});

test.each(['1.2.3', 'v1.2.3', '1.2.3-rc.1+build.5'])('the version %j is exact', (version) => {
  expect(texts(add(base(), 'cache', ofRepository(version)), 'chart-not-pinned')).toEqual([]);
});

test('a chart out of a registry needs a tag or a digest', () => {
  const source = 'OCIRepository flux-system/strimzi';
  expect(firing(set(base(), source, 'spec.ref', { semver: '>=1.0.0' }))).toContain('chart-not-pinned');
  expect(firing(set(base(), source, 'spec.ref', undefined))).toContain('chart-not-pinned');
  expect(
    texts(set(base(), source, 'spec.ref', { digest: `sha256:${'0'.repeat(64)}` }), 'chart-not-pinned'),
  ).toEqual([]);
});
