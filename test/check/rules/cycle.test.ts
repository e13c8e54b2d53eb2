import { expect, test } from '@jest/globals';
import { add, base, firing, set, texts } from '../support';

const needs = (name: string, namespace: string, other: string): string => `
apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: ${namespace} }
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  securityContext: { runAsNonRoot: true }
  containers:
    - name: main
      image: busybox:1.36.1
      envFrom: [{ configMapRef: { name: ${other} } }]
      resources: { requests: { cpu: 1m, memory: 1Mi } }
      securityContext: { allowPrivilegeEscalation: false }`;

test('units that need each other to start are found, with every step of the circle', () => {
  const broken = add(add(base(), 'one', needs('one', 'data', 'two')), 'two', needs('two', 'data', 'one'));
  expect(firing(broken)).toEqual(['cycle']);
  expect(texts(broken, 'cycle')[0]).toContain(
    'one → two → one is a circle:\n' +
      '  one needs two: Pod data/one (/charts/one.ts:6) names ConfigMap data/two in spec.containers[0].envFrom[0].configMapRef.name\n' +
      '  two needs one: Pod data/two (/charts/two.ts:6) names ConfigMap data/one in spec.containers[0].envFrom[0].configMapRef.name',
  );
});

test('units that only talk to each other are fine', () => {
  const talking = set(base(), 'ConfigMap shop/settings', 'data.zk', 'zookeeper-headless.data.svc');
  const back = add(
    talking,
    'zookeeper',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: back, namespace: data }\ndata: { api: api.shop.svc }',
  );
  expect(firing(back)).toEqual([]);
});
