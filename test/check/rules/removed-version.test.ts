import { expect, test } from '@jest/globals';
import { base, firing, set, texts } from '../support';

test('a version that went with the Kubernetes of the cluster is found', () => {
  const broken = set(base(), 'PodDisruptionBudget shop/api', 'apiVersion', 'policy/v1beta1');
  expect(firing(broken)).toEqual(['removed-version']);
  expect(texts(broken, 'removed-version')).toEqual([
    expect.stringContaining('→ write apiVersion: policy/v1'),
  ]);
});

test('an older cluster still has it', () => {
  const old = set(
    base({ kubernetesVersion: '1.24' }),
    'PodDisruptionBudget shop/api',
    'apiVersion',
    'policy/v1beta1',
  );
  expect(texts(old, 'removed-version')).toEqual([]);
});
