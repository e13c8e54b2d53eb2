import { expect, test } from '@jest/globals';
import { add, base, firing, set } from '../support';

const image = 'spec.template.spec.containers[0].image';
const broker = (links: boolean | undefined, service: string) => {
  const named = add(
    base(),
    'zookeeper',
    `
apiVersion: v1
kind: Service
metadata: { name: ${service}, namespace: data }
spec: { selector: { app: zookeeper }, ports: [{ port: 9092 }] }`,
  );
  const kafka = set(named, 'StatefulSet data/zookeeper', image, 'apache/kafka:4.3.1');
  return set(kafka, 'StatefulSet data/zookeeper', 'spec.template.spec.enableServiceLinks', links);
};

test('a Service whose variables a program reads as settings is found', () => {
  expect(firing(broker(undefined, 'kafka'))).toEqual(['service-links']);
  expect(firing(broker(undefined, 'kafka-ui'))).toEqual(['service-links']);
});

test('without the links, or with a Service of another name, all is fine', () => {
  expect(firing(broker(false, 'kafka'))).toEqual([]);
  expect(firing(broker(undefined, 'broker'))).toEqual([]);
});
