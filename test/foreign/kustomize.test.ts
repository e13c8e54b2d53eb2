import { spawnSync } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type JsonObject, textIn } from '../../src/estate';
import { build } from '../../src/foreign/kustomize/build';
import { parseDocuments, toYaml } from '../../src/yaml';
import { type Files, folderWith } from './folder';
import { base, context, hasKubectl } from './kustomize';

/** An overlay, by what it shows. Each is built, and compared with what the real tool makes of it where it is there. */
const overlays: readonly (readonly [name: string, overlay: string, more?: Files])[] = [
  ['nothing but a base', 'resources: [../base]\n'],
  ['prefix and suffix, followed by references', 'resources: [../base]\nnamePrefix: p-\nnameSuffix: -s\n'],
  ['a namespace for all', 'resources: [../base]\nnamespace: shop\n'],
  ['commonLabels in selectors', 'resources: [../base]\ncommonLabels: { team: blue }\n'],
  [
    'labels without selectors',
    'resources: [../base]\nlabels: [{ pairs: { team: blue }, includeTemplates: true }]\n',
  ],
  [
    'labels with selectors',
    'resources: [../base]\nlabels: [{ pairs: { team: blue }, includeSelectors: true }]\n',
  ],
  ['annotations', 'resources: [../base]\ncommonAnnotations: { note: hello }\n'],
  [
    'images',
    `resources: [../base]
images:
  - { name: 'registry.example.com:5000/team/web', newTag: '2.0' }
  - { name: busybox, newName: mirror/busybox }
  - { name: sidecar, digest: 'sha256:0000000000000000000000000000000000000000000000000000000000000000' }
`,
  ],
  ['replicas', 'resources: [../base]\nreplicas: [{ name: web, count: 3 }]\n'],
  [
    'a merge of maps and lists',
    `resources: [../base]
patches:
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: web, labels: { tier: null } }
      spec:
        template:
          spec:
            containers:
              - name: web
                env: [{ name: B, value: '3' }, { name: C, value: '4' }]
              - { name: sidecar, $patch: delete }
              - { name: new, image: new }
            volumes: [{ name: extra, emptyDir: {} }]
`,
  ],
  [
    'JSON patches of what a target selects',
    `resources: [../base]
patches:
  - target: { kind: Deploy.*, labelSelector: tier in (front) }
    patch: |
      - { op: add, path: /metadata/annotations, value: { a~b: x } }
      - { op: replace, path: /spec/template/spec/containers/0/env/0/value, value: changed }
      - { op: add, path: /spec/template/spec/containers/-, value: { name: last, image: last } }
      - { op: remove, path: /spec/template/spec/volumes/0 }
  - path: service.json
    target: { version: v1, kind: Service, name: web }
`,
    { 'overlay/service.json': '[{"op": "replace", "path": "/spec/ports/0/port", "value": 8080}]' },
  ],
  [
    'common labels of a StatefulSet without claims',
    'resources: [set.yaml]\ncommonLabels: { team: blue }\n',
    {
      'overlay/set.yaml': `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: web }
spec: { serviceName: web, selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } } } }
`,
    },
  ],
  [
    'a JSON patch that replaces what is not there, but could be',
    `resources: [../base]
patches:
  - target: { kind: Service }
    patch: '[{ "op": "replace", "path": "/spec/type", "value": "NodePort" }]'
`,
  ],
  [
    'a name in another namespace, and a behaviour that there is not',
    `resources: [release.yaml]
configurations: [names.yaml]
configMapGenerator: [{ name: values, behavior: add, literals: [a=b] }]
`,
    {
      'overlay/names.yaml':
        'nameReference: [{ kind: ConfigMap, version: v1, fieldSpecs: [{ path: spec/values/name, kind: HelmRelease }] }]\n',
      'overlay/release.yaml':
        'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: { name: app, namespace: other }\nspec: { values: { name: values } }\n',
    },
  ],
  [
    'older fields of patches',
    `bases: [../base]
patchesStrategicMerge: [patch.yaml]
patchesJson6902:
  - target: { version: v1, kind: Service, name: web }
    patch: '[{"op": "add", "path": "/spec/type", "value": "NodePort"}]'
`,
    {
      'overlay/patch.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { $patch: replace, ports: [{ port: 1 }] }\n',
    },
  ],
  [
    'generators that merge and replace',
    `resources: [../base]
generatorOptions: { labels: { made: here }, annotations: { by: me } }
configMapGenerator:
  - { name: settings, behavior: merge, literals: [a=changed, c=d] }
  - { name: plain, literals: [x=y], options: { disableNameSuffixHash: true, immutable: true } }
secretGenerator:
  - { name: token, behavior: replace, type: Opaque, literals: [other=1] }
`,
  ],
  [
    'components',
    'resources: [../base]\ncomponents: [../component]\nnamespace: shop\n',
    {
      'component/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component
resources: [extra.yaml]
replicas: [{ name: web, count: 5 }]
patches:
  - patch: '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}, "spec": {"type": "LoadBalancer"}}'
`,
      'component/extra.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: extra }\n',
    },
  ],
  [
    'names that a configuration knows',
    `resources: [release.yaml]
configurations: [names.yaml]
configMapGenerator: [{ name: values, literals: [a=b] }]
`,
    {
      'overlay/names.yaml':
        'nameReference: [{ kind: ConfigMap, version: v1, fieldSpecs: [{ path: spec/valuesFrom/name, kind: HelmRelease }] }]\n',
      'overlay/release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: app }
spec: { valuesFrom: [{ kind: ConfigMap, name: values }, { kind: ConfigMap, name: other }] }
`,
    },
  ],
  [
    'an object that a patch deletes',
    'resources: [../base]\npatches: [{ patch: "{apiVersion: v1, kind: Service, metadata: {name: web}, $patch: delete}" }]\n',
  ],
];

const keyOf = ({ apiVersion, kind, metadata }: JsonObject): string =>
  JSON.stringify([apiVersion, kind, (metadata as JsonObject)['namespace'], (metadata as JsonObject)['name']]);

function built(files: Files): JsonObject[] {
  return build(join(folderWith(files), 'overlay'), context).resources.map(({ body }) => body);
}

const ifKubectl = hasKubectl ? test : test.skip;

ifKubectl.each(overlays)('%s: the same as the real tool makes', (_, overlay, more = {}) => {
  const files = { ...base, ...more, 'overlay/kustomization.yaml': overlay };
  const folder = folderWith(files);
  const real = spawnSync('kubectl', ['kustomize', join(folder, 'overlay')], { encoding: 'utf8' });
  expect(real.status === 0 ? '' : real.stderr).toBe('');
  const theirs = parseDocuments(real.stdout, '').documents.map(({ body }) => body);
  const ours = build(join(folder, 'overlay'), context).resources.map(({ body }) => body);
  expect(ours.map(keyOf).sort()).toEqual(theirs.map(keyOf).sort());
  for (const body of theirs) {
    const own = ours.find((one) => keyOf(one) === keyOf(body));
    if (!isDeepStrictEqual(own, body)) expect(toYaml(own ?? {})).toBe(toYaml(body));
  }
});

test('names end in the hash of their content, and what names them follows', () => {
  const bodies = built({ ...base, 'overlay/kustomization.yaml': 'resources: [../base]\nnamePrefix: p-\n' });
  const names = bodies.map((body) => `${textIn(body, 'kind')} ${textIn(body, 'metadata', 'name')}`);
  expect(names).toContain('ConfigMap p-settings-d88582dgf9');
  expect(JSON.stringify(bodies)).toContain('"configMapRef":{"name":"p-settings-d88582dgf9"}');
});

test('what changes an object is remembered with its line', () => {
  const folder = folderWith({
    ...base,
    'overlay/kustomization.yaml': 'resources: [../base]\npatches:\n  - path: patch.yaml\n',
    'overlay/patch.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { type: NodePort }\n',
  });
  const service = build(join(folder, 'overlay'), context).resources.find(
    ({ body }) => body['kind'] === 'Service',
  );
  expect(service?.frames.map(({ file, line }) => `${file.slice(folder.length + 1)}:${line}`)).toEqual([
    'base/service.yaml:1',
    'overlay/patch.yaml:1',
  ]);
});

test('an address is never fetched, but named', () => {
  const { resources, remote } = build(
    join(
      folderWith({
        'overlay/kustomization.yaml':
          'resources:\n  - https://example.com/crds.yaml\n  - github.com/team/repository//deploy?ref=v1\n',
      }),
      'overlay',
    ),
    context,
  );
  expect(resources).toEqual([]);
  expect(remote.map(({ address }) => address)).toEqual([
    'https://example.com/crds.yaml',
    'github.com/team/repository//deploy?ref=v1',
  ]);
});

test('what is not built in is refused without the real tool, with its line, and never guessed', () => {
  const files = {
    ...base,
    'overlay/kustomization.yaml':
      'resources: [../base]\nreplacements:\n  - source: { kind: Service, name: web }\n',
  };
  const folder = folderWith(files);
  const script = `
    require('tsx/cjs');
    const { build } = require('./src/foreign/kustomize/build');
    try { build(${JSON.stringify(join(folder, 'overlay'))}, { isNamespaced: () => undefined }); }
    catch (error) { console.log(error.message, error.frame.line); }`;
  const { stdout } = spawnSync(process.execPath, ['-e', script], {
    encoding: 'utf8',
    env: { PATH: '/nowhere' },
  });
  expect(stdout).toBe(
    'replacements is beyond what is built in, and neither kustomize nor kubectl is installed 2\n',
  );
});

test('patches and generators may be for what an address brings', () => {
  const { resources, remote } = build(
    join(
      folderWith({
        'overlay/kustomization.yaml': `resources: [https://example.com/web.yaml]
components: [https://example.com/part?ref=v1]
patches:
  - patch: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 2}}"
  - path: https://example.com/patch.yaml
configMapGenerator: [{ name: settings, behavior: merge, literals: [a=b] }]
`,
      }),
      'overlay',
    ),
    context,
  );
  expect(resources.map(({ body }) => body['kind'])).toEqual(['ConfigMap']);
  expect(remote).toHaveLength(3);
});
