import { expect, test } from '@jest/globals';
import { base, firing, set, texts, without } from '../support';

test('a budget that lets a majority go is found', () => {
  const broken = set(base(), 'PodDisruptionBudget data/zookeeper', 'spec.maxUnavailable', 2);
  expect(firing(broken)).toEqual(['quorum-budget']);
  expect(texts(broken, 'quorum-budget')).toEqual([
    expect.stringContaining(
      'lets 2 of the 3 members of StatefulSet data/zookeeper be taken away at once, and 2 have to stay',
    ),
  ]);
});

test('a quorum without a budget is found', () => {
  expect(firing(without(base(), 'PodDisruptionBudget data/zookeeper'))).toEqual(['quorum-budget']);
});

test('a program that nobody knows is a quorum where it says so, and none where it says that', () => {
  const other = set(
    without(base(), 'PodDisruptionBudget data/zookeeper'),
    'StatefulSet data/zookeeper',
    'spec.template.spec.containers[0].image',
    'example/raft:1.0.0',
  );
  expect(firing(other)).toEqual([]);
  const annotated = (value: string) =>
    set(other, 'StatefulSet data/zookeeper', 'metadata.annotations', { 'fluxwright.dev/quorum': value });
  expect(firing(annotated('majority'))).toEqual(['quorum-budget']);
  expect(firing(annotated('none'))).toEqual([]);
});

test('five members may lose two', () => {
  const five = set(
    set(base(), 'StatefulSet data/zookeeper', 'spec.replicas', 5),
    'PodDisruptionBudget data/zookeeper',
    'spec.maxUnavailable',
    2,
  );
  expect(firing(five)).toEqual([]);
});
