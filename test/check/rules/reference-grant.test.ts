import { expect, test } from '@jest/globals';
import { add, base, firing } from '../support';

const externals = ['httproutes', 'referencegrants', 'gateways'].map((plural) => ({
  kind: 'apiextensions.k8s.io/CustomResourceDefinition',
  name: `${plural}.gateway.networking.k8s.io`,
  reason: 'comes with the cluster',
}));
const route = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: data }
spec: { rules: [{ backendRefs: [{ name: api, namespace: shop, port: 80 }] }] }`;
const grant = (from: string, to = ''): string => `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: web, namespace: shop }
spec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: ${from} }], to: [{ group: '', kind: Service${to} }] }`;

test('a backend in another namespace without a grant is found', () => {
  const broken = add(base({ externals }), 'web', route);
  expect(firing(broken)).toEqual(['reference-grant']);
  expect(firing(add(broken, 'web', grant('queuing')))).toEqual(['reference-grant']);
  expect(firing(add(broken, 'web', grant('data', ', name: other')))).toEqual(['reference-grant']);
});

test('a grant in that namespace makes it fine', () => {
  expect(firing(add(add(base({ externals }), 'web', route), 'web', grant('data')))).toEqual([]);
});
