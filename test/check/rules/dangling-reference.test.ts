import { expect, test } from '@jest/globals';
import { add, base, firing, set, texts } from '../support';

const secretEnv = (name: string) => ({ name: 'TOKEN', valueFrom: { secretKeyRef: { name, key: 'token' } } });
const env = 'spec.template.spec.containers[0].env[1]';

test('a Secret that is nowhere is found', () => {
  const broken = set(base(), 'Deployment shop/api', env, secretEnv('card-gateway'));
  expect(firing(broken)).toEqual(['dangling-reference']);
  expect(texts(broken, 'dangling-reference')).toEqual([
    "Deployment api spec.template.spec.containers[0].env[1].valueFrom.secretKeyRef.name: Secret shop/card-gateway is nowhere in this cluster: nothing starts without it → make Secret shop/card-gateway, or say where it comes from: external(this, { kind: 'Secret', namespace: 'shop', name: 'card-gateway', reason: '…' })",
  ]);
});

test('a typing mistake gets the name that was meant', () => {
  const broken = set(
    base(),
    'Deployment shop/api',
    'spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef.name',
    'setings',
  );
  expect(texts(broken, 'dangling-reference')).toEqual([expect.stringContaining('→ write settings, or say')]);
});

test('a name that is in another namespace is pointed at', () => {
  const broken = set(base(), 'Deployment shop/api', 'spec.template.spec.containers[0].envFrom', [
    { configMapRef: { name: 'limits' } },
  ]);
  const elsewhere = add(
    broken,
    'zookeeper',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: limits, namespace: data }',
  );
  expect(texts(elsewhere, 'dangling-reference')).toEqual([
    expect.stringContaining('→ it is in data: make it in shop as well'),
  ]);
});

test('a host name without a Service is found, with the namespace that has one', () => {
  const broken = set(base(), 'ConfigMap shop/settings', 'data.url', 'http://api.data.svc.cluster.local/');
  expect(firing(broken)).toEqual(['dangling-reference']);
  expect(texts(broken, 'dangling-reference')).toEqual([
    expect.stringContaining('→ write api.shop.svc: the Service is in shop'),
  ]);
});

test('an autoscaler of nothing is found', () => {
  const broken = set(base(), 'HorizontalPodAutoscaler shop/api', 'spec.scaleTargetRef.name', 'frontend');
  expect(firing(broken)).toEqual(['dangling-reference']);
});

test('what is optional, or declared to come from elsewhere, is fine', () => {
  const optional = {
    name: 'TOKEN',
    valueFrom: { secretKeyRef: { name: 'card', key: 'token', optional: true } },
  };
  expect(firing(set(base(), 'Deployment shop/api', env, optional))).toEqual([]);
  const externals = [{ kind: 'Secret', namespace: 'shop', name: 'card', reason: 'made by hand' }];
  expect(firing(set(base({ externals }), 'Deployment shop/api', env, secretEnv('card')))).toEqual([]);
});

test('a Kustomization may wait for a unit that Fluxwright makes', () => {
  const foreign = `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: blog, namespace: flux-system }
spec: { interval: 1h, path: ./blog, prune: true, sourceRef: { kind: GitRepository, name: flux-system }, dependsOn: [{ name: shop }] }`;
  expect(firing(add(base(), 'foreign', foreign))).toEqual([]);
});

const foreign = (artifact: string): string => `
apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata: { name: split, namespace: flux-system }
spec:
  sources: [{ alias: repo, kind: GitRepository, name: flux-system }]
  artifacts: [{ name: blog, copy: [{ from: '@repo/blog/**', to: '@artifact/' }] }]
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: blog, namespace: flux-system }
spec: { interval: 1h, path: ./, prune: true, sourceRef: { kind: ExternalArtifact, name: ${artifact} } }`;

test('an artifact that a generator makes is there', () => {
  const crd = { kind: 'apiextensions.k8s.io/CustomResourceDefinition', name: '*', reason: 'test' };
  expect(firing(add(base({ externals: [crd] }), 'foreign', foreign('blog')))).toEqual([]);
  expect(firing(add(base({ externals: [crd] }), 'foreign', foreign('blgo')))).toEqual(['dangling-reference']);
});

const volumes = (name: string) => [{ name, persistentVolumeClaim: { claimName: 'data' } }];

const named = (name: string) =>
  set(base(), 'StatefulSet data/zookeeper', 'spec.template.spec.volumes', volumes(name));

test('a volume that a claim template replaces needs no claim', () => {
  expect(firing(named('data'))).toEqual([]);
  expect(firing(named('other'))).toContain('dangling-reference');
});

test('what an operator makes for the custom resources of a chart is there', () => {
  const release = `
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: prometheus, namespace: flux-system }
spec: { interval: 1h, url: oci://ghcr.io/prometheus-community/charts/kube-prometheus-stack, ref: { tag: 88.5.3 } }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: prometheus, namespace: data }
spec:
  interval: 1h
  chartRef: { kind: OCIRepository, name: prometheus, namespace: flux-system }
  upgrade: { crds: CreateReplace }`;
  const asking = (service: string) =>
    set(
      add(base(), 'prometheus', release),
      'ConfigMap shop/settings',
      'data.url',
      `http://${service}.data.svc:9090/`,
    );
  expect(firing(asking('prometheus-operated'))).toEqual([]);
  expect(firing(asking('thanos-operated'))).toEqual(['dangling-reference']);
});

const gadget = (kind: string, name: string) =>
  `apiVersion: acme.example.com/v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: data }`;

test('no custom resource brings a CRD', () => {
  const crd = {
    kind: 'apiextensions.k8s.io/CustomResourceDefinition',
    name: 'gadgets.acme.example.com',
    reason: 'test',
  };
  const estate = add(
    base({ externals: [crd] }),
    'shop',
    `${gadget('Gadget', 'widgets')}\n---\n${gadget('Widget', 'x')}`,
  );
  expect(firing(estate)).toContain('missing-crd');
});

test('a release cannot bring the values that it is installed with', () => {
  const release = (optional: boolean) => `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: cache, namespace: lonely }
spec:
  interval: 1h
  chart: { spec: { chart: valkey, version: 1.0.0, sourceRef: { kind: HelmRepository, name: unknown } } }
  install: { crds: Skip }
  upgrade: { crds: Skip }
  valuesFrom: [{ kind: ConfigMap, name: cache-values, optional: ${optional} }]
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: unknown, namespace: lonely }
spec: { interval: 1h, url: 'https://charts.example.com' }
---
apiVersion: v1
kind: Namespace
metadata: { name: lonely }`;
  expect(firing(add(base(), 'cache', release(false)))).toEqual(['dangling-reference']);
  expect(firing(add(base(), 'cache', release(true)))).toEqual([]);
});
