import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { checkFolder } from '../../src/foreign';
import { openRegistry, packageImports } from '../../src/schema/registry';
import { type Files, folderWith } from './folder';

const registry = openRegistry([packageImports()]);
const checked = (files: Files) => checkFolder(folderWith(files), registry);

const pod = (name: string, more = ''): string => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${name} } }
spec:
  securityContext: { runAsNonRoot: true }
  containers:
    - name: main
      image: busybox:1.36.1
      resources: { requests: { cpu: 1m, memory: 1Mi } }
      securityContext: { allowPrivilegeEscalation: false }
${more}`;
const service = (name: string, app: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { selector: { app: ${app} }, ports: [{ port: 80 }] }\n`;

test('manifests of one folder belong together, wherever they lie in it', () => {
  const { findings, clusters } = checked({
    'pods/web.yaml': pod('web'),
    'services/web.yml': service('web', 'web'),
  });
  expect(findings).toEqual([]);
  expect(clusters.map(({ objects }) => objects)).toEqual([2]);
});

test('a typing mistake between two files is found, in the one that has it', () => {
  const { findings } = checked({ 'web.yaml': pod('web'), 'service.yaml': service('web', 'wep') });
  expect(findings.map(({ rule, origin }) => `${rule} ${origin?.frames[0]?.file.split('/').at(-1)}`)).toEqual([
    'selects-nothing service.yaml',
  ]);
});

test('a field that the API server does not know is an error', () => {
  const { findings } = checked({ 'web.yaml': pod('web', '      imagePullPolice: Always\n') });
  expect(findings).toEqual([
    expect.objectContaining({
      rule: 'unknown-field',
      severity: 'error',
      path: 'spec.containers[0].imagePullPolice',
      fix: 'write imagePullPolicy',
    }),
  ]);
});

test('what the settings of a server decide is only a warning: nobody knows those of another cluster', () => {
  const spec = '{ type: NodePort, selector: { app: web }, ports: [{ port: 80, nodePort: 80 }] }';
  const open = `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: ${spec}\n`;
  const { findings } = checked({ 'web.yaml': pod('web'), 'service.yaml': open });
  expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual(['warning server-setting']);
});

test('folders that say the same object are alternatives, each with its own name', () => {
  const { findings, clusters } = checked({
    'blue/web.yaml': pod('web'),
    'blue/service.yaml': service('web', 'web'),
    'green/web.yaml': pod('web'),
  });
  expect(findings).toEqual([]);
  expect(clusters.map(({ name, objects }) => `${name} ${objects}`)).toEqual(['blue 2', 'green 1']);
});

test('one file that says an object twice is wrong', () => {
  const { findings } = checked({ 'web.yaml': `${pod('web')}---\n${pod('web')}` });
  expect(findings.map(({ rule }) => rule)).toEqual(['one-owner']);
});

test('overlays are built, and their bases are not checked by themselves', () => {
  const overlay = (name: string): Files => ({
    [`overlays/${name}/kustomization.yaml`]: `resources: [../../base]\nnamespace: ${name}\n`,
  });
  const { findings, clusters } = checked({
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': pod('web', '      envFrom: [{ configMapRef: { name: settings } }]\n'),
    ...overlay('blue'),
    ...overlay('green'),
  });
  expect(clusters.map(({ name }) => name)).toEqual(['overlays-blue', 'overlays-green']);
  const broken = findings.filter(({ severity }) => severity !== 'note');
  expect(broken.map(({ rule, cluster }) => `${rule} ${cluster}`)).toEqual([
    'dangling-reference overlays-blue',
    'dangling-reference overlays-green',
  ]);
});

test('charts, templates and files of other tools are left alone', () => {
  const { findings, clusters } = checked({
    'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\n',
    'chart/templates/pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: {{ .Release.Name }} }\n',
    'template.yaml': '{{ if x }}\napiVersion: v1\nkind: Pod\n{{ end }}\n',
    'compose.yaml': 'services: { web: { image: x } }\n',
    'kind.yaml': 'apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\nname: test\n',
    'web.yaml': pod('web'),
  });
  expect(findings).toEqual([]);
  expect(clusters.map(({ objects }) => objects)).toEqual([1]);
});

test('what is good advice only is said once, with a count', () => {
  const bare = (name: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { containers: [{ name: main, image: nginx }] }\n`;
  const { findings } = checked({ 'a.yaml': bare('a'), 'b.yaml': bare('b'), 'c.yaml': bare('c') });
  expect(new Set(findings.map(({ severity }) => severity))).toEqual(new Set(['note']));
  const pinned = findings.filter(({ rule }) => rule === 'image-not-pinned');
  expect(pinned.map(({ message }) => message)).toEqual([expect.stringMatching(/; 2 more like it$/)]);
});

test('an API that is gone is found for the Kubernetes that is asked about, and not for an older one', () => {
  const budget = `apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: web } } }
`;
  const folder = folderWith({ 'web.yaml': `${pod('web')}---\n${budget}` });
  const found = (version?: string) =>
    checkFolder(folder, registry, version).findings.filter(({ rule }) => rule === 'removed-version');
  expect(found()).toHaveLength(1);
  expect(found('1.25')).toHaveLength(1);
  expect(found('1.24')).toEqual([]);
});

test('manifests in JSON are read, and JSON that is none is left alone', () => {
  const { findings, clusters } = checked({
    'service.json': JSON.stringify({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web' },
      spec: { selector: { app: 'web' }, portz: [], ports: [{ port: 80 }] },
    }),
    'schema.json': '{"properties": {"apiVersion": {"type": "string"}, "kind": {"type": "string"}}}',
    'web.yaml': pod('web'),
  });
  expect(clusters.map(({ objects }) => objects)).toEqual([2]);
  expect(findings.map(({ rule, path }) => `${rule} ${path}`)).toEqual(['unknown-field spec.portz']);
});

test('a manifest that is not UTF-8 is refused in its line, and a file of anything else is left alone', () => {
  const folder = folderWith({});
  const text = Buffer.from('apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata: { a: X }\n');
  text[text.indexOf('X')] = 0xe9;
  writeFileSync(join(folder, 'latin.yaml'), text);
  writeFileSync(join(folder, 'binary.yaml'), Buffer.from([0, 255, 254, 10, 233]));
  const { findings } = checkFolder(folder, registry);
  expect(findings.map(({ message, origin }) => `${message} ${origin?.frames[0]?.line}`)).toEqual([
    'latin.yaml cannot be read: it is not UTF-8 4',
  ]);
});

test('where the folder has several forms of a CRD nobody can be sure of one', () => {
  const crd = (type: string): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: wishes.example.org }
spec:
  group: example.org
  scope: Namespaced
  names: { kind: Wish, listKind: WishList, plural: wishes, singular: wish }
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, properties: { spec: { type: ${type} } } } }
`;
  const wish = 'apiVersion: example.org/v1\nkind: Wish\nmetadata: { name: a }\nspec: 5\n';
  const severities = (files: Files): string[] =>
    checked(files).findings.map(({ rule, severity }) => `${severity} ${rule}`);
  expect(severities({ 'v1/crd.yaml': crd('string'), 'wish.yaml': wish })).toEqual(['error schema']);
  expect(
    severities({ 'v1/crd.yaml': crd('integer'), 'v2/crd.yaml': crd('string'), 'wish.yaml': wish }),
  ).toEqual(['warning schema']);
});

test('what keeps several folders from being built is said once', () => {
  const overlay = 'resources: [../base]\n';
  const { findings } = checked({
    'base/kustomization.yaml': 'resources: [nothing.yaml]\n',
    'a/kustomization.yaml': overlay,
    'b/kustomization.yaml': overlay,
    'c/kustomization.yaml': overlay,
  });
  expect(findings.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^there is no .*\/nothing.yaml \(and 2 more folders need it\)$/),
  ]);
});

test('a chart of a kustomization is not looked at, and named; what lies beside it is checked', () => {
  const { findings, clusters } = checked({
    'kustomization.yaml':
      'resources: [web.yaml]\nhelmCharts: [{ name: db, repo: oci://example.com/charts, version: 1.0.0 }]\n',
    'web.yaml': pod('web', '      imagePullPolice: Always\n'),
  });
  expect(findings.map(({ rule }) => rule)).toEqual(['unknown-field']);
  expect(clusters.map(({ remote }) => remote.map(({ address }) => address))).toEqual([
    ['chart db of oci://example.com/charts'],
  ]);
});

test('what Istio puts into every namespace is there', () => {
  const volumes = '  volumes: [{ name: ca, configMap: { name: istio-ca-root-cert } }]\n';
  expect(checked({ 'web.yaml': pod('web', volumes) }).findings).toEqual([]);
});
