import { expect, test } from '@jest/globals';
import { canonicalReference, parseReference } from '../../src/images/reference';

test.each([
  ['zookeeper:3.9.5', 'docker.io/library/zookeeper:3.9.5'],
  ['docker.io/zookeeper:3.9.5', 'docker.io/library/zookeeper:3.9.5'],
  ['apache/kafka:4.3.1', 'docker.io/apache/kafka:4.3.1'],
  ['registry.k8s.io/pause:3.10', 'registry.k8s.io/pause:3.10'],
  ['localhost/app', 'localhost/app:latest'],
  ['localhost:5000/team/app:1', 'localhost:5000/team/app:1'],
  ['10.0.0.1:5000/app', '10.0.0.1:5000/app:latest'],
  ['ghcr.io/some-body/a__b.c:v1.0_x', 'ghcr.io/some-body/a__b.c:v1.0_x'],
])('%s is %s', (text, canonical) => {
  expect(canonicalReference(text)).toBe(canonical);
  expect(canonicalReference(canonical)).toBe(canonical);
});

test.each([
  '',
  'Zookeeper',
  'a:',
  'a b',
  'a/../b',
  `a:${'x'.repeat(129)}`,
  'a@sha256:00',
  '-a',
  'a//b',
  'a:b:c',
  'a:-x',
])('%j is no image name', (text) => {
  expect(() => parseReference(text)).toThrow('is no image name');
});
