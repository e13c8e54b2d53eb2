import { expect, test } from '@jest/globals';
import { base, firing, set, texts } from '../support';

test('a selector that does not match its own template is found', () => {
  const broken = set(base(), 'StatefulSet data/zookeeper', 'spec.selector.matchLabels.app', 'zoo');
  expect(firing(broken)).toContain('core-validation');
});

test('a port number out of range is found', () => {
  expect(firing(set(base(), 'Service shop/api', 'spec.ports[0].port', 70_000))).toEqual(['core-validation']);
});

test('the valid estate has nothing of it', () => {
  expect(texts(base(), 'core-validation')).toEqual([]);
});
