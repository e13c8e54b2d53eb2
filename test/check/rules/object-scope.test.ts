import { expect, test } from '@jest/globals';
import { add, base, firing } from '../support';

test('a namespaced object without a namespace is found', () => {
  const broken = add(base(), 'shop', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: lost }');
  expect(firing(broken)).toEqual(['object-scope']);
});

test('a cluster-scoped object with one is found', () => {
  const role =
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: reader, namespace: shop }';
  expect(firing(add(base(), 'shop', role))).toEqual(['object-scope']);
});

test('a cluster-scoped object without one is fine', () => {
  const role = 'apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: reader }';
  expect(firing(add(base(), 'shop', role))).toEqual([]);
});

test('what has no namespace is said once: nobody looks for its pods nowhere', () => {
  const policy = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: lost }';
  const spec = 'spec: { podSelector: { matchLabels: { app: api } }, policyTypes: [Ingress] }';
  expect(firing(add(base(), 'shop', `${policy}\n${spec}`))).toEqual(['object-scope']);
});
