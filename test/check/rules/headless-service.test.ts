import { expect, test } from '@jest/globals';
import { add, base, firing, set, texts } from '../support';

test('a StatefulSet whose Service is not there is found', () => {
  const broken = set(base(), 'StatefulSet data/zookeeper', 'spec.serviceName', 'zookeeper-headles');
  expect(firing(broken)).toEqual(['headless-service']);
  expect(texts(broken, 'headless-service')).toEqual([expect.stringContaining('→ write zookeeper-headless')]);
});

test('a Service with an address of its own gives the pods no names', () => {
  expect(firing(set(base(), 'Service data/zookeeper-headless', 'spec.clusterIP', undefined))).toEqual([
    'headless-service',
  ]);
});

test('a Service of other pods gives them no names either', () => {
  const broken = add(
    base(),
    'zookeeper',
    `
apiVersion: v1
kind: Service
metadata: { name: other, namespace: data }
spec: { clusterIP: None, publishNotReadyAddresses: true, selector: { app: other }, ports: [{ port: 1 }] }`,
  );
  expect(
    texts(set(broken, 'StatefulSet data/zookeeper', 'spec.serviceName', 'other'), 'headless-service'),
  ).toEqual([expect.stringContaining('Service data/other does not select these pods')]);
});

test('a Service that somebody else brings is fine', () => {
  const externals = [{ kind: 'Service', namespace: 'data', name: 'elsewhere', reason: 'test' }];
  expect(
    texts(
      set(base({ externals }), 'StatefulSet data/zookeeper', 'spec.serviceName', 'elsewhere'),
      'headless-service',
    ),
  ).toEqual([]);
});
