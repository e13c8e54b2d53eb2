import { expect, test } from '@jest/globals';
import { base, firing, set, texts } from '../support';

const image = 'spec.template.spec.containers[0].image';

test.each([
  'ghcr.io/example/api',
  'ghcr.io/example/api:latest',
  'registry:5000/api',
  'api:stable-alpine',
  'api:main',
])('%s is found', (name) => {
  expect(firing(set(base(), 'Deployment shop/api', image, name))).toEqual(['image-not-pinned']);
});

test.each([
  'api:1.4.2',
  'registry:5000/api:7',
  'api@sha256:0f',
  'api:latest@sha256:0f',
  'postgres:16-alpine',
])('%s is fine', (name) => {
  expect(firing(set(base(), 'Deployment shop/api', image, name))).toEqual([]);
});

test('a moving tag in the values of a chart is found', () => {
  const broken = set(base(), 'HelmRelease queuing/strimzi', 'spec.values.image', {
    registry: 'quay.io',
    repository: 'strimzi',
    name: 'operator',
    tag: 'latest',
  });
  expect(texts(broken, 'image-not-pinned')).toEqual([
    expect.stringContaining('spec.values.image.tag: the tag of strimzi:latest moves'),
  ]);
});

test('a moving tag in a custom resource is found', () => {
  const broken = set(base(), 'Kafka queuing/kafka', 'spec.kafka.image', 'quay.io/strimzi/kafka:latest');
  expect(firing(broken)).toEqual(['image-not-pinned']);
  expect(
    firing(set(base(), 'Kafka queuing/kafka', 'spec.kafka.image', 'quay.io/strimzi/kafka:1.2.0-kafka-4.3.1')),
  ).toEqual([]);
});
