import { expect, test } from '@jest/globals';
import { base, firing, set, texts, without } from '../support';

test('replicas beside an autoscaler are found', () => {
  expect(firing(set(base(), 'Deployment shop/api', 'spec.replicas', 2))).toEqual(['autoscaled']);
});

test('a utilization of what is not requested is found', () => {
  const broken = set(
    base(),
    'Deployment shop/api',
    'spec.template.spec.containers[0].resources.requests.cpu',
    undefined,
  );
  expect(texts(broken, 'autoscaled')).toEqual([
    expect.stringContaining(
      'HorizontalPodAutoscaler api spec.metrics[0]: the container api of Deployment shop/api requests no cpu',
    ),
  ]);
});

test('replicas of what nobody scales are fine', () => {
  expect(
    firing(
      set(without(base(), 'HorizontalPodAutoscaler shop/api'), 'Deployment shop/api', 'spec.replicas', 2),
    ),
  ).toEqual([]);
});
