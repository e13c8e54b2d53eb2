import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { conditionOf, startLab, waitFor, type Lab } from '../../src/lab';
import { crdOf } from '../../src/lab/crds';
import { archive } from '../../src/lab/mirror/archive';
import { openRegistry, packageImports } from '../../src/schema/registry';
import { labName } from './names';
import type { JsonObject } from '../../src/estate';

const NAME = labName('cluster');
const MINUTES = 60_000;
let lab: Lab;
let before: string;

beforeAll(async () => {
  before = machineState();
  lab = await startLab({ name: NAME, nodes: 3, kwok: 1 });
  await lab.provideImages(['busybox:1.36']);
}, 5 * MINUTES);

afterAll(() => lab?.down(), MINUTES);

/** What a lab could leave behind on a machine. */
function machineState(): string {
  const mounts = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .filter((line) => line.includes('fluxwright-lab'));
  const groups = readdirSync('/sys/fs/cgroup').flatMap((name) =>
    existsSync(join('/sys/fs/cgroup', name, `fluxwright-lab.${NAME}`)),
  );
  const links = execFileSync('ip', ['-o', 'link'])
    .toString()
    .replaceAll(/ mtu .*/g, '');
  const kernel = ['vm/overcommit_memory', 'kernel/panic', 'kernel/panic_on_oops'].map((key) =>
    readFileSync(`/proc/sys/${key}`, 'utf8'),
  );
  const left = [`/var/lib/fluxwright-lab/${NAME}`, `/var/lib/fluxwright-lab/${NAME}.lock`].map((path) =>
    existsSync(path),
  );
  return JSON.stringify({ mounts, groups, links, kernel, left });
}

async function eventually(
  what: string,
  seconds: number,
  missing: () => Promise<string | undefined>,
): Promise<void> {
  await waitFor({ what, seconds, missing: () => missing().catch((error: Error) => error.message) });
}

async function apply(...objects: readonly JsonObject[]): Promise<void> {
  for (const object of objects) await lab.client.apply(object);
}

async function podReady(name: string, seconds = 90): Promise<void> {
  await eventually(`pod ${name} is not ready`, seconds, async () => {
    const pod = await lab.client.find(`/api/v1/namespaces/default/pods/${name}`);
    return pod && conditionOf(pod, 'Ready')?.status === 'True'
      ? undefined
      : JSON.stringify(pod?.status?.['containerStatuses'] ?? pod?.status);
  });
}

/** The answer to a request for a path: by `nc`, for the wget in Debian's static busybox crashes. */
const get = (pod: string, host: string, port: number, path = '/id'): Promise<string> =>
  shell(pod, `printf 'GET ${path} HTTP/1.0\\r\\n\\r\\n' | nc -w 3 ${host} ${port} | sed '1,/^.$/d'`);

const shell = (pod: string, script: string): Promise<string> =>
  lab.exec('default', pod, ['sh', '-c', script]);

async function answers(host: string, port: number): Promise<void> {
  await eventually(`${host} does not answer`, 20, async () => {
    const answered = await get('friend', host, port);
    return /^[0-9a-f-]{36}\n$/.test(answered) ? undefined : answered;
  });
}

const hardened = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};

function client(name: string, labels: Record<string, string>): JsonObject {
  const container = { name: 'client', image: 'busybox:1.36', command: ['sleep', '100000'] };
  const spec = { terminationGracePeriodSeconds: 0, containers: [container] };
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default', labels }, spec };
}

const storage = (size: string): JsonObject => ({ resources: { requests: { storage: size } } });

const web: JsonObject[] = [
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default' },
    spec: { clusterIP: 'None', selector: { app: 'web' }, ports: [{ port: 8080 }] },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'front', namespace: 'default' },
    spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'web', namespace: 'default' },
    spec: {
      serviceName: 'web',
      replicas: 3,
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: {
          terminationGracePeriodSeconds: 1,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 1000,
            fsGroup: 1000,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'DoNotSchedule',
              labelSelector: { matchLabels: { app: 'web' } },
            },
          ],
          containers: [
            {
              name: 'web',
              image: 'busybox:1.36',
              command: [
                'sh',
                '-c',
                'test -f /data/id || cat /proc/sys/kernel/random/uuid > /data/id; exec httpd -f -p 8080 -h /data',
              ],
              resources: { limits: { cpu: '500m', memory: '64Mi' } },
              securityContext: hardened,
              readinessProbe: { httpGet: { path: '/id', port: 8080 }, periodSeconds: 1 },
              livenessProbe: { exec: { command: ['cat', '/data/id'] }, timeoutSeconds: 20 },
              volumeMounts: [{ name: 'data', mountPath: '/data' }],
            },
          ],
        },
      },
      volumeClaimTemplates: [
        { metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'], ...storage('1Gi') } },
      ],
    },
  },
];

test(
  'pods of production shape run, one on each real node, from an image that was built here',
  async () => {
    await apply(...web, client('friend', { role: 'friend' }), client('stranger', { role: 'stranger' }));
    for (const pod of ['web-0', 'web-1', 'web-2', 'friend', 'stranger']) await podReady(pod);
    const pods = await lab.client.list('/api/v1/namespaces/default/pods?labelSelector=app=web');
    expect(new Set(pods.map(({ spec }) => spec?.['nodeName']))).toEqual(
      new Set(['node-1', 'node-2', 'node-3']),
    );
  },
  3 * MINUTES,
);

test(
  'names of pods and Services resolve and answer; every other name leads to the mirror, other addresses nowhere',
  async () => {
    for (const host of ['web-0.web', 'web-1.web.default.svc.cluster.local', 'front'])
      await answers(host, host === 'front' ? 80 : 8080);
    expect(await get('friend', 'charts.example.com', 80, '/index.yaml')).toContain('"apiVersion":"v1"');
    await expect(shell('friend', 'nslookup nothing.default.svc.cluster.local')).rejects.toThrow(
      'exit code 1',
    );
    await expect(shell('friend', 'nc -w 3 1.1.1.1 80')).rejects.toThrow(/timed out|unreachable/);
  },
  MINUTES,
);

test(
  'a volume keeps its data when its pod is deleted, and grows while it is in use',
  async () => {
    const id = await shell('web-0', 'cat /data/id');
    await lab.kubectl('delete', 'pod', 'web-0');
    await podReady('web-0');
    expect(await shell('web-0', 'cat /data/id')).toBe(id);
    const claim = '/api/v1/namespaces/default/persistentvolumeclaims/data-web-0';
    await lab.api('PATCH', claim, { spec: storage('2Gi') });
    await eventually('the claim has not grown', 20, async () => {
      const found = await lab.client.find(claim);
      const size = (found?.status?.['capacity'] as { storage: string } | undefined)?.storage;
      return size === '2Gi' ? undefined : `it has ${size}`;
    });
  },
  2 * MINUTES,
);

test(
  'a volume and its data go with its claim',
  async () => {
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'own', namespace: 'default' },
    };
    const user = client('user', {}) as { readonly spec: JsonObject };
    const volumes = [{ name: 'own', persistentVolumeClaim: { claimName: 'own' } }];
    await apply(
      { ...claim, spec: { accessModes: ['ReadWriteOnce'], ...storage('1Gi') } },
      { ...user, spec: { ...user.spec, volumes } },
    );
    await podReady('user');
    const bound = await lab.client.find('/api/v1/namespaces/default/persistentvolumeclaims/own');
    const volume = bound?.spec?.['volumeName'] as string;
    const node = (await lab.client.find('/api/v1/namespaces/default/pods/user'))?.spec?.[
      'nodeName'
    ] as string;
    const folder = join(lab.plan.folder, 'nodes', node, 'volumes', volume);
    expect(existsSync(folder)).toBe(true);
    await lab.kubectl('delete', 'pod/user', 'pvc/own');
    await eventually('the volume is still there', 30, async () =>
      (await lab.client.find(`/api/v1/persistentvolumes/${volume}`)) ? volume : undefined,
    );
    expect(existsSync(folder)).toBe(false);
  },
  2 * MINUTES,
);

test(
  'a NetworkPolicy lets through what it names and nothing else',
  async () => {
    await apply({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        podSelector: { matchLabels: { app: 'web' } },
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: { matchLabels: { role: 'friend' } } }], ports: [{ port: 8080 }] }],
      },
    });
    await eventually('strangers still get through', 30, async () => {
      const answered = await shell('stranger', 'nc -w 2 -z web-1.web 8080 && echo open').catch(
        () => undefined,
      );
      return answered;
    });
    for (const pod of ['web-0', 'web-1', 'web-2'])
      expect(await get('friend', `${pod}.web`, 8080)).not.toBe('');
    await lab.kubectl('delete', 'networkpolicy', 'web');
  },
  2 * MINUTES,
);

test(
  'a node whose power is cut is NotReady, and comes back with its pods and their data',
  async () => {
    await podReady('web-1');
    const pod = await lab.client.find('/api/v1/namespaces/default/pods/web-1');
    const node = pod?.spec?.['nodeName'] as string;
    const id = await shell('web-1', 'cat /data/id');
    await lab.nodes.stop(node);
    await nodeIs(node, false);
    await lab.nodes.start(node);
    await nodeIs(node, true);
    await eventually('the pod does not answer', 60, async () => {
      const answered = await get('friend', 'web-1.web', 8080);
      return answered === id ? undefined : answered;
    });
    expect(await shell('web-1', 'cat /data/id')).toBe(id);
  },
  3 * MINUTES,
);

async function nodeIs(name: string, ready: boolean): Promise<void> {
  await eventually(`${name} is not ${ready ? 'Ready' : 'NotReady'}`, 90, async () => {
    const node = await lab.client.find(`/api/v1/nodes/${name}`);
    const status = node && conditionOf(node, 'Ready')?.status;
    return (status === 'True') === ready ? undefined : status;
  });
}

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

const pretended = (name: string, after: string): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default', annotations: { 'lab.fluxwright.dev/ready-after': after } },
  spec: {
    nodeSelector: { type: 'kwok' },
    tolerations: [{ key: 'kwok.x-k8s.io/node', operator: 'Exists' }],
    containers: [{ name: 'x', image: 'nobody.example/has-this:1' }],
  },
});

test(
  'pods on pretended nodes pass for Ready, when they are told to',
  async () => {
    await apply(pretended('soon', '1s'), pretended('sick', 'never'));
    await podReady('soon');
    const sick = await lab.client.find('/api/v1/namespaces/default/pods/sick');
    expect(sick?.status?.['phase']).toBe('Pending');
  },
  2 * MINUTES,
);

test(
  'a pod whose image is not to be had pretends to run, visibly; one whose image is there runs',
  async () => {
    const pod = (name: string, image: string): JsonObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [{ name: 'x', image, command: ['sleep', '1000'] }],
      },
    });
    await apply(pod('absent', 'nobody.example/has-this:1'), pod('present', 'docker.io/library/busybox:1.36'));
    await Promise.all([podReady('absent'), podReady('present')]);
    const [absent, present] = await Promise.all(
      ['absent', 'present'].map((name) => lab.client.find(`/api/v1/namespaces/default/pods/${name}`)),
    );
    expect(absent?.spec?.['nodeName']).toBe('kwok-1');
    expect(absent?.metadata.annotations).toEqual({
      'lab.fluxwright.dev/pretended': 'nobody.example/has-this:1 is not to be had',
    });
    expect(present?.spec?.['nodeName']).toMatch(/^node-/);
  },
  2 * MINUTES,
);

test(
  'a webhook that no pod answers is set to Ignore, visibly',
  async () => {
    const path = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/absent';
    await apply({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'absent' },
      webhooks: [
        {
          name: 'a.absent.example.com',
          admissionReviewVersions: ['v1'],
          clientConfig: { service: { namespace: 'default', name: 'absent' } },
          failurePolicy: 'Fail',
          rules: [
            { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] },
          ],
          sideEffects: 'None',
          timeoutSeconds: 1,
        },
      ],
    });
    const configMap = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'judged', namespace: 'default' },
    };
    await eventually('the webhook still refuses', 30, () => apply(configMap).then(() => undefined));
    expect((await lab.client.find(path))?.metadata.annotations?.['lab.fluxwright.dev/ignored']).toBe(
      'no pod answers a.absent.example.com',
    );
  },
  MINUTES,
);

test(
  'what nodes use is measured',
  async () => {
    await eventually('no metrics', 60, async () => ((await usage()).includes('node-1') ? undefined : 'none'));
    expect(await usage()).toMatch(/node-1 +\d+m +\d+% +\d+Mi/);
  },
  2 * MINUTES,
);

const usage = (): Promise<string> => lab.kubectl('top', 'nodes', '--no-headers');

const certManager = { apiVersion: 'cert-manager.io/v1' };

test(
  'once its CRDs are there, cert-manager issues certificates',
  async () => {
    const registry = openRegistry([packageImports()]);
    const kinds = ['Certificate', 'CertificateRequest', 'Issuer', 'ClusterIssuer'];
    await apply(...kinds.map((kind) => crdOf(registry.info('cert-manager.io', kind)!, registry)));
    await eventually('the CRDs are not served', 20, () =>
      apply(
        {
          ...certManager,
          kind: 'Issuer',
          metadata: { name: 'own', namespace: 'default' },
          spec: { selfSigned: {} },
        },
        {
          ...certManager,
          kind: 'Certificate',
          metadata: { name: 'web', namespace: 'default' },
          spec: { secretName: 'web-tls', dnsNames: ['web.example.com'], issuerRef: { name: 'own' } },
        },
      ).then(() => undefined),
    );
    const secret = '/api/v1/namespaces/default/secrets/web-tls';
    await eventually('no certificate', 60, async () =>
      (await lab.client.find(secret)) ? undefined : 'no Secret',
    );
    const data = (await lab.client.find(secret))?.['data'] as { 'tls.crt': string };
    const certificate = new X509Certificate(Buffer.from(data['tls.crt'], 'base64'));
    expect(certificate.subjectAltName).toBe('DNS:web.example.com');
  },
  2 * MINUTES,
);

test(
  'to start a lab that is up changes nothing, and it cannot lose nodes',
  async () => {
    const pids = (): string => execFileSync('pgrep', ['-f', `${NAME}/`]).toString();
    const running = pids();
    await startLab({ name: NAME });
    expect(pids()).toBe(running);
    await expect(startLab({ name: NAME, nodes: 1 })).rejects.toThrow(/cannot lose any/);
  },
  2 * MINUTES,
);

test(
  'taking it down leaves nothing behind',
  async () => {
    await lab.down();
    expect(machineState()).toBe(before);
    expect(() => execFileSync('pgrep', ['-f', `fluxwright-lab/${NAME}/`])).toThrow('Command failed');
    await lab.down();
  },
  MINUTES,
);
