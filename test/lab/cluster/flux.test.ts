import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Lab, startLab } from '../../../src/lab';
import { archive } from '../../../src/lab/mirror/archive';
import { labName } from '../names';
import { MINUTES } from './asking';

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ name: labName('flux'), nodes: 0 });
}, 5 * MINUTES);

afterAll(() => lab?.down(), MINUTES);

const CHART = 'oci://ghcr.io/acme/charts/greeting';

async function putChart(): Promise<void> {
  const files = new Map([
    ['greeting/Chart.yaml', 'apiVersion: v2\nname: greeting\nversion: 1.0.0\n'],
    ['greeting/values.yaml', 'text: hello\n'],
    [
      'greeting/templates/a.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: greeting}\ndata: {text: "{{ .Values.text }}"}\n',
    ],
  ]);
  const folder = join(lab.plan.folder, 'charts');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'greeting-1.0.0.tgz'), gzipSync(await archive(files)));
}

const kustomization = (name: string, dependsOn: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: ${name}, namespace: flux-system}
spec: {interval: 10m, retryInterval: 5s, path: ./dist/lab/${name}, prune: true, wait: true, dependsOn: [${dependsOn}], sourceRef: {kind: GitRepository, name: flux-system}}
`;

const release = (text: string): string => `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: {name: greeting, namespace: flux-system}
spec: {interval: 10m, url: '${CHART}', ref: {tag: 1.0.0}, layerSelector: {mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip, operation: copy}}
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: greeting, namespace: flux-system}
spec: {interval: 10m, targetNamespace: default, chartRef: {kind: OCIRepository, name: greeting}, values: {text: ${text}}}
`;

const tree = (text: string, extra: [string, string][] = []): Map<string, string> =>
  new Map([
    [
      'lab/flux-system/units.yaml',
      `${kustomization('first', '')}---\n${kustomization('second', '{name: first}')}`,
    ],
    ['lab/first/a.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: first, namespace: default}\n'],
    ['lab/second/a.yaml', release(text)],
    ...extra,
  ]);

test(
  'a commit goes through Flux: units in order, a chart from an OCI registry, a change rolled out, a removal pruned',
  async () => {
    await putChart();
    const greeting = '/api/v1/namespaces/default/configmaps/greeting';
    const extra: [string, string] = [
      'lab/first/b.yaml',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: extra, namespace: default}\n',
    ];
    const first = await lab.publish(tree('hello', [extra]));
    await lab.follow('lab');
    await lab.waitReady({ seconds: 120, revision: first });
    expect((await lab.client.find(greeting))?.['data']).toEqual({ text: 'hello' });
    const second = await lab.publish(tree('goodbye'));
    await lab.waitReady({ seconds: 120, revision: second });
    expect((await lab.client.find(greeting))?.['data']).toEqual({ text: 'goodbye' });
    expect(await lab.client.find('/api/v1/namespaces/default/configmaps/extra')).toBeUndefined();
  },
  5 * MINUTES,
);

test(
  'what does not get Ready is named with the words of Flux',
  async () => {
    const revision = await lab.publish(
      tree('hello', [['lab/first/b.yaml', 'apiVersion: v1\nkind: Nonsense\nmetadata: {name: x}\n']]),
    );
    await expect(lab.waitReady({ seconds: 15, revision })).rejects.toThrow(
      /Kustomization\/flux-system\/first: .*Nonsense/s,
    );
    await lab.waitReady({ seconds: 120, revision: await lab.publish(tree('hello')) });
  },
  4 * MINUTES,
);

test(
  'Flux and the API server come back after they were ended',
  async () => {
    for (const name of ['kustomize-controller', 'helm-controller', 'source-controller', 'kube-apiserver']) {
      await lab.components.stop(name);
      await lab.components.start(name);
    }
    await lab.waitReady({ seconds: 120, revision: await lab.publish(tree('again')) });
    expect((await lab.client.find('/api/v1/namespaces/default/configmaps/greeting'))?.['data']).toEqual({
      text: 'again',
    });
  },
  4 * MINUTES,
);

test(
  'a cluster may come as an OCI artifact, and a new one takes its place',
  async () => {
    const url = 'oci://registry.example.com/acme/estate';
    const config = (text: string) =>
      new Map([
        [
          'flux-system/a.yaml',
          `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: artifact, namespace: default}\ndata: {text: ${text}}\n`,
        ],
      ]);
    await lab.publishArtifact(url, config('first'));
    await lab.follow('lab', { artifact: url });
    const revision = await lab.publishArtifact(url, config('second'));
    await lab.waitReady({ seconds: 120, revision, except: ['GitRepository/flux-system/flux-system'] });
    expect((await lab.client.find('/api/v1/namespaces/default/configmaps/artifact'))?.['data']).toEqual({
      text: 'second',
    });
  },
  3 * MINUTES,
);
