import { expect, test } from '@jest/globals';
import { base, firing, set } from '../support';

test('members that are started one after the other are found', () => {
  expect(firing(set(base(), 'StatefulSet data/zookeeper', 'spec.podManagementPolicy', undefined))).toEqual([
    'quorum-start',
  ]);
});

test('members that have no names until they are ready are found', () => {
  expect(
    firing(set(base(), 'Service data/zookeeper-headless', 'spec.publishNotReadyAddresses', undefined)),
  ).toEqual(['quorum-start']);
});

test('one member waits for nobody', () => {
  const single = set(
    set(base(), 'StatefulSet data/zookeeper', 'spec.podManagementPolicy', undefined),
    'StatefulSet data/zookeeper',
    'spec.replicas',
    1,
  );
  expect(firing(single)).toEqual([]);
});
