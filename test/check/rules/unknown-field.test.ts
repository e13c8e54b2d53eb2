import { expect, test } from '@jest/globals';
import { base, firing, set, texts } from '../support';

test('a field that the kind does not have is found, with the one that was meant', () => {
  const broken = set(base(), 'StatefulSet data/zookeeper', 'spec.replica', 3);
  expect(firing(broken)).toEqual(['unknown-field']);
  expect(texts(broken, 'unknown-field')).toEqual([
    'StatefulSet zookeeper spec.replica: there is no field replica here → write replicas',
  ]);
});

test('free maps may hold any key', () => {
  expect(firing(set(base(), 'ConfigMap shop/settings', 'data.anything', 'goes'))).toEqual([]);
});
