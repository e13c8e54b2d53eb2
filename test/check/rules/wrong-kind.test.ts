import { expect, test } from '@jest/globals';
import { add, base, firing, set, texts } from '../support';

const kustomization = (dependsOn: string): string => `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: blog, namespace: queuing }
spec:
  interval: 1h
  path: ./blog
  prune: true
  sourceRef: { kind: GitRepository, name: flux-system, namespace: flux-system }
  dependsOn: [{ name: ${dependsOn} }]`;

test('a Kustomization that waits for a HelmRelease is found', () => {
  const broken = add(base(), 'foreign', kustomization('strimzi'));
  expect(firing(broken)).toEqual(['wrong-kind']);
  expect(texts(broken, 'wrong-kind')).toEqual([
    expect.stringContaining('but a HelmRelease of that name → write the name of the Kustomization'),
  ]);
});

test('a chart source of another kind is found', () => {
  const broken = set(base(), 'OCIRepository flux-system/strimzi', 'kind', 'HelmRepository');
  expect(texts(broken, 'wrong-kind')).toEqual([
    expect.stringContaining('HelmRelease strimzi spec.chartRef.name'),
  ]);
});

test('a Role that is a ClusterRole is found', () => {
  const broken = set(base(), 'Role shop/reader', 'kind', 'ClusterRole');
  const fixed = set(broken, 'ClusterRole shop/reader', 'metadata', { name: 'reader' });
  expect(firing(fixed)).toEqual(['wrong-kind']);
  expect(texts(fixed, 'wrong-kind')).toEqual([
    expect.stringContaining('→ write kind: ClusterRole in roleRef'),
  ]);
});

test("a name that nothing has is another rule's business", () => {
  expect(firing(add(base(), 'foreign', kustomization('nobody')))).toEqual(['dangling-reference']);
});
