import { expect, test } from '@jest/globals';
import { add, base, firing } from '../support';

const repository = (ref: string): string => `
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: apps, namespace: flux-system }
spec: { interval: 1h, url: https://git.example.com/apps${ref} }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { interval: 1h, prune: true, path: ./apps, sourceRef: { kind: GitRepository, name: apps } }`;

test.each([
  '',
  ', ref: { branch: main }',
  ", ref: { semver: '>=1.0.0' }",
  ', ref: { name: refs/heads/main }',
])('a repository with %j is found', (ref) => {
  expect(firing(add(base(), 'foreign', repository(ref)))).toEqual(['moving-reference']);
});

test.each([
  ', ref: { tag: v1.0.0 }',
  ', ref: { branch: main, commit: abc }',
  ', ref: { name: refs/tags/v1 }',
])('a repository with %j stands still', (ref) => {
  expect(firing(add(base(), 'foreign', repository(ref)))).toEqual([]);
});

test('an artifact with a moving tag is found', () => {
  const artifact = repository('')
    .replaceAll('GitRepository', 'OCIRepository')
    .replace('https://git', 'oci://git');
  expect(firing(add(base(), 'foreign', artifact))).toEqual(['moving-reference']);
  expect(firing(add(base(), 'foreign', artifact.replace('/apps }', '/apps, ref: { tag: 1.0.0 } }')))).toEqual(
    [],
  );
});
