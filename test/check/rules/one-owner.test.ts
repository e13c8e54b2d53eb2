import { expect, test } from '@jest/globals';
import { add, base, findingsOf, firing, texts } from '../support';

test('an object that two charts write is found at the second, with the place of the first', () => {
  const again =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\ndata: { log-level: debug }';
  const broken = add(base(), 'shop', again);
  expect(firing(broken)).toEqual(['one-owner']);
  expect(texts(broken, 'one-owner')).toEqual([
    expect.stringContaining(
      'ConfigMap shop/settings is written twice: in shop, and in shop (/charts/shop.ts:2)',
    ),
  ]);
});

test('another version of the same object is the same object', () => {
  const old = `
apiVersion: autoscaling/v1
kind: HorizontalPodAutoscaler
metadata: { name: api, namespace: shop }
spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: api } }`;
  expect(firing(add(base(), 'shop', old))).toContain('one-owner');
});

test('an object that a chart installs as well is found', () => {
  const clash = `
apiVersion: v1
kind: Service
metadata: { name: nats, namespace: data }
spec: { selector: { app: zookeeper }, ports: [{ port: 4222 }] }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: nats, namespace: flux-system }
spec: { interval: 1h, url: https://nats-io.github.io/k8s/helm/charts/ }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: nats, namespace: data }
spec:
  interval: 1h
  chart: { spec: { chart: nats, version: 2.14.2, sourceRef: { kind: HelmRepository, name: nats, namespace: flux-system } } }
  upgrade: { crds: CreateReplace }`;
  const broken = add(base(), 'nats', clash);
  expect(firing(broken)).toEqual(['one-owner']);
  expect(findingsOf(broken)).toEqual([
    expect.objectContaining({
      severity: 'warning',
      message: expect.stringContaining('Service data/nats is also brought by HelmRelease data/nats'),
    }),
  ]);
});

test('objects of one name and different kinds are fine', () => {
  expect(
    firing(add(base(), 'shop', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: api, namespace: shop }')),
  ).toEqual([]);
});
