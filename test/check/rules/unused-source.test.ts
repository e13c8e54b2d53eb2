import { expect, test } from '@jest/globals';
import { add, base, firing } from '../support';

test('a source that nobody uses is found', () => {
  const idle = `
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: old, namespace: flux-system }
spec: { interval: 1h, url: https://charts.example.com }`;
  expect(firing(add(base(), 'flux-system', idle))).toEqual(['unused-source']);
});

test('the source of the cluster itself is used', () => {
  const own = `
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: flux-system, namespace: flux-system }
spec: { interval: 1h, url: https://git.example.com/estate, ref: { branch: main } }`;
  expect(firing(add(base(), 'flux-system', own))).toEqual([]);
});
