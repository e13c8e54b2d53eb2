import { gzipSync } from 'node:zlib';
import type { FileTree, JsonObject } from '../../src/estate';
import { digestOf } from '../../src/images/digest';
import { conditionOf, fluxObjects, KubeClient, LabError, readConnection, waitFor } from '../../src/lab';
import { reconcileNow, waitReady } from '../../src/lab/flux';
import { archive } from '../../src/lab/mirror/archive';
import type { AnyLab } from './anywhere';
import { allSpecs } from './kustomizations';

const NAME = 'flux-system';
const NAMESPACE = 'flux-system';
const SERVER = 'fluxwright-tests';
const TAG = 'latest.json';
const PORT = 8080;
const sourceRef = { kind: 'OCIRepository', name: NAME };

/**
 * A cluster of somebody else's with Flux on it, as the tests use a lab. Its Flux cannot reach this machine: a pod with
 * busybox serves it the estate, as the files of an OCI registry. The tests make and delete whatever they like: it has
 * to be a cluster of their own, in which Flux looks after nothing else.
 */
export async function foreignLab(kubeconfig: string): Promise<AnyLab> {
  const client = new KubeClient(readConnection(kubeconfig));
  await checkEmpty(client);
  return {
    client,
    provideImages: () => Promise.resolve([]),
    publish: (content) => publish(client, treeOf(content)),
    follow: (cluster) => follow(client, cluster),
    waitReady: (options = {}) => waitReady(client, options, ''),
    down: () => remove(client),
  };
}

async function checkEmpty(client: KubeClient): Promise<void> {
  const path =
    '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/kustomizations.kustomize.toolkit.fluxcd.io';
  if (!(await client.find(path))) throw new LabError('the cluster of KUBECONFIG has no Flux: flux install');
  const [object] = await fluxObjects(client);
  if (object)
    throw new LabError(
      `Flux looks after ${object.kind} ${object.metadata.name} there: the tests make and delete things, give them a cluster of their own`,
    );
}

function treeOf(content: FileTree | string): FileTree {
  if (typeof content === 'string') throw new LabError('a cluster elsewhere is given trees, not folders');
  return content;
}

interface Blob {
  readonly mediaType: string;
  readonly content: Buffer;
}

const described = ({ mediaType, content }: Blob): JsonObject => ({
  mediaType,
  digest: digestOf(content),
  size: content.length,
});

/** The files of a registry that has one artifact: path → content. */
async function registryOf(
  files: FileTree,
): Promise<{ readonly digest: string; readonly files: Map<string, Buffer> }> {
  const content = gzipSync(await archive(new Map([...files].map(([path, text]) => [`dist/${path}`, text]))));
  const layer = { mediaType: 'application/vnd.cncf.flux.content.v1.tar+gzip', content };
  const config = { mediaType: 'application/vnd.cncf.flux.config.v1+json', content: Buffer.from('{}') };
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = { schemaVersion: 2, mediaType, config: described(config), layers: [described(layer)] };
  const text = Buffer.from(JSON.stringify(manifest));
  const blobs = [layer, config].map(({ content: blob }): [string, Buffer] => [
    `v2/estate/blobs/${digestOf(blob)}`,
    blob,
  ]);
  const digest = digestOf(text);
  const named = [TAG, digest].map((name): [string, Buffer] => [`v2/estate/manifests/${name}`, text]);
  const fixed: [string, Buffer][] = [
    ['v2/index.html', Buffer.from('{}')],
    ['httpd.conf', Buffer.from(`.json:${mediaType}\n`)],
  ];
  return { digest, files: new Map([...fixed, ...named, ...blobs]) };
}

async function publish(client: KubeClient, tree: FileTree): Promise<string> {
  const { digest, files } = await registryOf(allSpecs(tree, { sourceRef }));
  for (const object of serverObjects(digest, files)) await client.apply(object);
  await waitFor({
    what: 'the pod that serves the estate is not Ready',
    seconds: 120,
    missing: () => notServing(client),
  });
  await reconcileNow(client);
  return digest;
}

/** A mounted ConfigMap changes too slowly: each revision has its own, and pods of its own. */
function serverObjects(digest: string, files: ReadonlyMap<string, Buffer>): JsonObject[] {
  const metadata = { name: SERVER, namespace: NAMESPACE };
  const labels = { app: SERVER };
  const paths = [...files.keys()];
  const items = paths.map((path, index) => ({ key: `${index}`, path }));
  const binaryData = Object.fromEntries(
    paths.map((path, index) => [`${index}`, files.get(path)!.toString('base64')]),
  );
  const name = `${SERVER}-${digest.slice(7, 17)}`;
  const container = {
    name: 'httpd',
    image: 'busybox:1.36',
    command: ['httpd', '-f', '-p', `${PORT}`, '-h', '/estate', '-c', '/estate/httpd.conf'],
    volumeMounts: [{ name: 'estate', mountPath: '/estate' }],
    readinessProbe: { httpGet: { path: '/v2/', port: PORT }, periodSeconds: 1 },
  };
  const volumes = [{ name: 'estate', configMap: { name, items } }];
  const pod = { terminationGracePeriodSeconds: 0, containers: [container], volumes };
  return [
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { ...metadata, name }, binaryData },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        strategy: { type: 'Recreate' },
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: pod },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: { clusterIP: 'None', selector: labels, ports: [{ port: PORT }] },
    },
  ];
}

const DEPLOYMENT = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/${SERVER}`;

async function notServing(client: KubeClient): Promise<string | undefined> {
  const { metadata, status } = (await client.find(DEPLOYMENT))!;
  const isSeen = status?.['observedGeneration'] === metadata.generation;
  return isSeen && status?.['availableReplicas'] === 1 && status['updatedReplicas'] === 1
    ? undefined
    : 'not yet';
}

async function follow(client: KubeClient, cluster: string): Promise<void> {
  const metadata = { name: NAME, namespace: NAMESPACE };
  const url = `oci://${SERVER}.${NAMESPACE}.svc.cluster.local:${PORT}/estate`;
  const source = { url, ref: { tag: TAG }, interval: '10s', insecure: true };
  const path = `./dist/${cluster}/flux-system`;
  const root = { interval: '10m', retryInterval: '5s', path, prune: true, sourceRef };
  await client.apply({
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'OCIRepository',
    metadata,
    spec: source,
  });
  await client.apply({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata,
    spec: root,
  });
}

/** What the root brought goes with it; Namespaces and CRDs stay. */
async function remove(client: KubeClient): Promise<void> {
  const [kustomizations, sources] = ['kustomize', 'source'].map(
    (group) => `/apis/${group}.toolkit.fluxcd.io/v1/namespaces/${NAMESPACE}`,
  );
  await gone(client, `${kustomizations}/kustomizations/${NAME}`);
  await gone(client, `${sources}/ocirepositories/${NAME}`);
  for (const path of [DEPLOYMENT, `/api/v1/namespaces/${NAMESPACE}/services/${SERVER}`])
    await gone(client, path);
  for (const { metadata } of await client.list(`/api/v1/namespaces/${NAMESPACE}/configmaps`))
    if (metadata.name.startsWith(`${SERVER}-`))
      await gone(client, `/api/v1/namespaces/${NAMESPACE}/configmaps/${metadata.name}`);
}

async function gone(client: KubeClient, path: string): Promise<void> {
  if (!(await client.find(path))) return;
  await client.request('DELETE', path, { propagationPolicy: 'Background' });
  await waitFor({
    what: `${path} is still there`,
    seconds: 120,
    missing: async () => {
      const left = await client.find(path);
      return left && (conditionOf(left, 'Ready')?.message ?? 'it is being deleted');
    },
  });
}
