import { expect, test } from '@jest/globals';
import { base, firing, set, texts } from '../support';

test('an even number of members is found', () => {
  const broken = set(base(), 'StatefulSet data/zookeeper', 'spec.replicas', 4);
  expect(firing(broken)).toEqual(['even-quorum']);
  expect(texts(broken, 'even-quorum')).toEqual([
    expect.stringContaining('has 4 voting members: only 1 may be lost, as of 3 → write 5, or 3'),
  ]);
});

test("Kafka's controllers vote, its brokers do not", () => {
  const even = set(base(), 'KafkaNodePool queuing/dual', 'spec.replicas', 2);
  expect(firing(even)).toEqual(['even-quorum']);
  expect(firing(set(even, 'KafkaNodePool queuing/dual', 'spec.roles', ['broker']))).toEqual([]);
});

const kafka = (roles: string) => {
  const image = set(
    base(),
    'StatefulSet data/zookeeper',
    'spec.template.spec.containers[0].image',
    'apache/kafka:4.3.1',
  );
  const named = set(image, 'StatefulSet data/zookeeper', 'spec.template.spec.containers[0].env', [
    { name: 'KAFKA_PROCESS_ROLES', value: roles },
  ]);
  return set(named, 'StatefulSet data/zookeeper', 'spec.replicas', 2);
};

test('Kafka out of a StatefulSet votes where it is a controller', () => {
  expect(firing(kafka('broker,controller'))).toEqual(['even-quorum']);
  expect(firing(kafka('broker'))).toEqual([]);
});
