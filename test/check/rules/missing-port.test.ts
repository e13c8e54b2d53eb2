import { expect, test } from '@jest/globals';
import { add, base, firing, set, texts } from '../support';

test('a targetPort that no container has is found', () => {
  const broken = set(base(), 'Service shop/api', 'spec.ports[0].targetPort', 'web');
  expect(firing(broken)).toEqual(['missing-port']);
  expect(texts(broken, 'missing-port')).toEqual([
    'Service api spec.ports[0].targetPort: Deployment shop/api has no port web → write http',
  ]);
});

test('a probe of a port that the container does not have is found', () => {
  const probe = 'spec.template.spec.containers[0].readinessProbe.httpGet.port';
  expect(firing(set(base(), 'Deployment shop/api', probe, 'web'))).toEqual(['missing-port']);
  expect(firing(set(base(), 'Deployment shop/api', probe, 3000))).toEqual([]);
});

test('a host name with a port that its Service does not have is found', () => {
  const broken = set(base(), 'ConfigMap shop/settings', 'data.url', 'http://api.shop.svc:8080/');
  expect(firing(broken)).toEqual(['missing-port']);
  expect(firing(set(base(), 'ConfigMap shop/settings', 'data.url', 'http://api.shop.svc:80/'))).toEqual([]);
});

test('a headless Service leads to any port of its pods', () => {
  expect(
    firing(set(base(), 'ConfigMap shop/settings', 'data.zk', 'zookeeper-0.zookeeper-headless.data.svc:2888')),
  ).toEqual([]);
});

const ingress = (port: string): string => `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: api, namespace: shop }
spec:
  rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: api, port: ${port} } } }] } }]`;

test("the port of an Ingress' backend is looked up by name and number", () => {
  expect(firing(add(base(), 'shop', ingress('{ name: https }')))).toEqual(['missing-port']);
  expect(firing(add(base(), 'shop', ingress('{ number: 8080 }')))).toEqual(['missing-port']);
  expect(firing(add(base(), 'shop', ingress('{ number: 80 }')))).toEqual([]);
});

const route = (port: number): string => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: api, namespace: shop }
spec:
  rules: [{ backendRefs: [{ name: api, port: ${port} }] }]`;
const gatewayCrds = {
  externals: [{ kind: 'apiextensions.k8s.io/CustomResourceDefinition', name: '*', reason: 'test' }],
};

test("the port of a route's backend is looked up", () => {
  expect(firing(add(base(gatewayCrds), 'shop', route(81)))).toEqual(['missing-port']);
  expect(firing(add(base(gatewayCrds), 'shop', route(80)))).toEqual([]);
});

const monitor = (port: string): string => `
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: api, namespace: shop }
spec: { selector: { matchLabels: { app: api } }, endpoints: [{ port: ${port} }] }`;

test('the port of a ServiceMonitor is looked up', () => {
  expect(firing(add(base(gatewayCrds), 'shop', monitor('metrics')))).toEqual(['missing-port']);
  expect(firing(add(base(gatewayCrds), 'shop', monitor('http')))).toEqual([]);
});
