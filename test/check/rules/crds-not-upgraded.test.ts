import { expect, test } from '@jest/globals';
import { base, firing, set } from '../support';

test('a release that never upgrades its CRDs is found', () => {
  const broken = set(base(), 'HelmRelease queuing/strimzi', 'spec.upgrade', undefined);
  expect(firing(broken)).toEqual(['crds-not-upgraded']);
});

test('saying that they are left alone is fine', () => {
  expect(firing(set(base(), 'HelmRelease queuing/strimzi', 'spec.upgrade.crds', 'Skip'))).toEqual([]);
});
