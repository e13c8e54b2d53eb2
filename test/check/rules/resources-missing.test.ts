import { expect, test } from '@jest/globals';
import { add, base, firing, set, texts } from '../support';

const requests = 'spec.template.spec.containers[0].resources.requests';

test('a container that requests nothing is found', () => {
  const broken = set(base(), 'StatefulSet data/zookeeper', requests, undefined);
  expect(firing(broken)).toEqual(['resources-missing']);
  expect(texts(broken, 'resources-missing')).toEqual([
    expect.stringContaining(
      'requests no cpu and memory → write resources: { requests: { cpu: 50m, memory: 64Mi } }',
    ),
  ]);
});

test('a limit is a request', () => {
  const limits = set(base(), 'StatefulSet data/zookeeper', 'spec.template.spec.containers[0].resources', {
    limits: { cpu: 1, memory: '1Gi' },
  });
  expect(firing(limits)).toEqual([]);
});

test('a LimitRange fills requests in', () => {
  const range =
    'apiVersion: v1\nkind: LimitRange\nmetadata: { name: usual, namespace: data }\nspec: { limits: [{ type: Container, defaultRequest: { cpu: 10m, memory: 64Mi } }] }';
  expect(
    firing(add(set(base(), 'StatefulSet data/zookeeper', requests, undefined), 'zookeeper', range)),
  ).toEqual([]);
});
