import { expect, test } from '@jest/globals';
import { base, firing, set, texts } from '../support';

test('a custom resource that breaks a rule of its CRD is found', () => {
  const chart = { spec: { chart: 'x', version: '1.2.3', sourceRef: { kind: 'HelmRepository', name: 'x' } } };
  const broken = set(base(), 'HelmRelease queuing/strimzi', 'spec.chart', chart);
  expect(firing(broken)).toContain('cel');
  expect(texts(broken, 'cel')[0]).toContain('HelmRelease strimzi');
});

test('one of the two is fine', () => {
  expect(texts(base(), 'cel')).toEqual([]);
});
