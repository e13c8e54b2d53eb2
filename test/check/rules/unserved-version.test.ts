import { expect, test } from '@jest/globals';
import { base, firing, set, texts } from '../support';

test('a version that the CRD does not serve is found, with the one to write', () => {
  const broken = set(base(), 'Kafka queuing/kafka', 'apiVersion', 'kafka.strimzi.io/v1beta2');
  expect(firing(broken)).toEqual(['unserved-version']);
  expect(texts(broken, 'unserved-version')).toEqual([
    expect.stringContaining('→ write apiVersion: kafka.strimzi.io/v1'),
  ]);
});

test('a version of a core kind that never was is found', () => {
  expect(firing(set(base(), 'ConfigMap shop/settings', 'apiVersion', 'v2'))).toContain('unserved-version');
});

test('served versions are fine', () => {
  expect(texts(base(), 'unserved-version')).toEqual([]);
});
