import { expect, test } from '@jest/globals';
import { checked } from './checked';
import { type Files } from './folder';
import { repository } from './repository';

const kustomization = (
  name: string,
  path: string,
  more = '',
): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec:
  interval: 1h
  retryInterval: 2m
  prune: true
  path: ${path}
  sourceRef: { kind: GitRepository, name: flux-system }
${more}`;

const release = (name: string, more = ''): string => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${name}, namespace: flux-system }
spec:
  interval: 1h
  chartRef: { kind: OCIRepository, name: none }
${more}`;

const appOf = (name: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`apps/${name}/${path}`, text]));

/** An app whose Kustomization lies with it, as long as nobody lists it. */
const unlisted = appOf('spare', {
  'ks.yaml': kustomization('spare', './apps/spare/app', '  dependsOn: [{ name: nowhere }]\n'),
  'app/settings.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: "${app}", namespace: default }\nimmutable: "no"\n',
});

test('an app that no cluster lists breaks nothing: what it misses may come with whatever lists it', () => {
  const { findings, clusters } = checked({ ...repository, ...unlisted });
  expect(clusters.map(({ name, unused }) => [name, unused])).toEqual([
    ['spare', true],
    ['production', undefined],
    ['staging', undefined],
  ]);
  expect(findings.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual([
    'warning schema',
    'note dangling-reference',
  ]);
});

test('the same app is judged in full where it is all there is', () => {
  const { texts } = checked(unlisted);
  expect(texts).toContainEqual(
    expect.stringContaining('Kustomization flux-system/nowhere is nowhere in this cluster'),
  );
});

test('where the root cannot be built that alone is an error: everything else follows from it', () => {
  const production = Object.entries(repository).filter(([path]) => !path.includes('staging'));
  const { findings } = checked({
    ...Object.fromEntries(production),
    ...unlisted,
    'clusters/production/kustomization.yaml': 'resources: [flux-system, broken.yaml]\n',
    'clusters/production/broken.yaml': 'a: *nothing\n',
  });
  expect(findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)).toEqual(['yaml']);
});

test('what a generator would fetch is not known, and everything else is checked', () => {
  const { findings } = checked({
    ...repository,
    'apps/base/shop/kustomization.yaml': `${repository['apps/base/shop/kustomization.yaml']}  - name: dashboards
    files: [main.json=https://example.com/dashboards/main.json, https://example.com/other.json]
`,
  });
  expect(findings).toEqual([]);
});

const remote = '  kubeConfig: { secretRef: { name: spoke } }\n';
const namespace = (name: string): string => `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name} }\n`;

test('what goes to another cluster is no part of this one', () => {
  const { findings, clusters } = checked({
    'hub/blue.yaml': kustomization('blue', './tenants', remote),
    'hub/green.yaml': kustomization('green', './tenants', remote.replace('spoke', 'other')),
    'hub/releases.yaml': ['blue', 'green']
      .map((name) => release(name, `${remote}  serviceAccountName: there\n  releaseName: shop\n`))
      .join('---\n'),
    'hub/source.yaml':
      'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: { name: none, namespace: flux-system }\nspec: { interval: 1h, url: "oci://example.com/chart", ref: { tag: 1.0.0 } }\n',
    'tenants/tenant.yaml': `${namespace('team')}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: team }\ndata: { host: http://db.team.svc/ }\n`,
  });
  expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
  expect(clusters.map(({ name, units, objects }) => [name, units, objects])).toEqual([
    ['hub', 1, 5],
    ['hub: flux-system/spoke', 1, 2],
    ['hub: flux-system/other', 1, 2],
  ]);
});

const instance = `apiVersion: fluxcd.controlplane.io/v1
kind: FluxInstance
metadata: { name: flux, namespace: flux-system }
spec:
  distribution: { version: 2.x, registry: ghcr.io/fluxcd }
  sync: { kind: OCIRepository, url: "oci://example.com/fleet", ref: latest, path: clusters/one }
`;
const fromArtifact = (name: string, path: string): string =>
  kustomization(name, path).replace('GitRepository', 'OCIRepository');

test('a FluxInstance brings the source that Kustomizations name', () => {
  const files = {
    'clusters/one/apps.yaml': `${kustomization('apps', './apps')}---\n${fromArtifact('more', './more')}`,
    'apps/namespace.yaml': namespace('shop'),
    'more/namespace.yaml': namespace('more'),
  };
  expect(checked({ ...files, 'clusters/one/flux.yaml': instance }).texts).toEqual([]);
  expect(checked(files).texts).toEqual([
    expect.stringContaining('there is no OCIRepository flux-system/flux-system'),
  ]);
});

test('a ResourceSet may make what nobody else does, Kustomizations and Namespaces included', () => {
  const set = `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: { name: tenants, namespace: flux-system }
spec: { resourcesTemplate: "" }
`;
  const files = {
    'clusters/one/apps.yaml': `${instance}---\n${fromArtifact('apps', './apps')}`,
    'apps/settings.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: made }\ndata: { a: b }\n',
  };
  expect(checked(files).texts).toEqual([expect.stringContaining('there is no Namespace made')]);
  expect(checked({ ...files, 'clusters/one/set.yaml': set }).texts).toEqual([]);
});

test('an artifact that is pushed from one folder of the repository is followed into it', () => {
  const { clusters, texts } = checked({
    'deploy/clusters/one/apps.yaml': `${instance}---\n${fromArtifact('apps', './apps')}`,
    'deploy/apps/settings.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: lost }\ndata: { a: b }\n',
  });
  expect(clusters.map(({ name, units }) => [name, units])).toEqual([['one', 2]]);
  expect(texts).toEqual([expect.stringContaining('there is no Namespace lost')]);
});

test('what most units are read from is this repository, whoever made it; another one is missed', () => {
  const from = (name: string, source: string): Files => ({
    [`clusters/one/${name}.yaml`]: kustomization(name, `./${name}`).replace(
      'name: flux-system }\n',
      `name: ${source} }\n`,
    ),
    [`${name}/namespace.yaml`]: namespace(name),
  });
  expect(checked({ ...from('a', 'ours'), ...from('b', 'ours'), ...from('c', 'outs') }).texts).toEqual([
    expect.stringContaining('GitRepository flux-system/outs is nowhere in this cluster'),
  ]);
});

const generated = (path: string): Files => ({
  'clusters/one/apps.yaml': `apiVersion: source.extensions.fluxcd.io/v1beta1
kind: ArtifactGenerator
metadata: { name: parts, namespace: flux-system }
spec:
  sources: [{ alias: all, kind: GitRepository, name: flux-system }]
  artifacts: [{ name: apps, copy: [{ from: "@all/apps/**", to: "@artifact/" }] }]
---
${kustomization('apps', path).replace('kind: GitRepository, name: flux-system', 'kind: ExternalArtifact, name: apps')}`,
  'apps/production/namespace.yaml': namespace('shop'),
});

test('a path that leads nowhere in a part of the repository is found', () => {
  expect(checked(generated('./production')).texts).not.toContainEqual(expect.stringContaining('no folder'));
  expect(checked(generated('./prodution')).texts).toContainEqual(
    expect.stringContaining('there is no folder prodution in this repository'),
  );
});

test('a wrong type in an object of Flux is an error, whatever version of Flux there is', () => {
  const { findings } = checked({
    'clusters/one/apps.yaml': kustomization('apps', './apps').replace('prune: true', 'prune: "true"'),
    'apps/namespace.yaml': namespace('shop'),
  });
  expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(['error schema']);
});

test('what the values of a chart switch on may be named after that part alone', () => {
  const route = (service: string): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: hubble, namespace: kube-system }
spec: { defaultBackend: { service: { name: ${service}, port: { number: 80 } } } }
`;
  const files = (service: string): Files => ({
    'clusters/one/apps.yaml': `${kustomization('apps', './apps')}---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: cilium, namespace: kube-system }
spec: { interval: 1h, url: "oci://quay.io/cilium/charts/cilium", ref: { tag: 1.19.2 } }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: cilium, namespace: kube-system }
spec: { interval: 1h, chartRef: { kind: OCIRepository, name: cilium }, values: { hubble: { ui: { enabled: true } } } }
`,
    'apps/route.yaml': route(service),
  });
  expect(checked(files('hubble-ui')).texts).toEqual([]);
  expect(checked(files('huble-ui')).texts).toEqual([
    expect.stringContaining('Service kube-system/huble-ui is nowhere in this cluster'),
  ]);
});
