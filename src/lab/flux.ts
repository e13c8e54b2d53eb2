import type { JsonObject } from '../estate';
import type { KubeClient, LiveObject } from './api/client';
import { FLUX_NAMESPACE } from './components';
import { waitFor } from './wait';

/** What Flux follows: a branch of a repository, and the folder in it that has the root Kustomization's objects. */
export interface FollowedBranch {
  readonly url: string;
  readonly branch: string;
  /** E.g. `./dist/lab/flux-system`. */
  readonly path: string;
}

/** An OCI artifact that holds one cluster's folder, e.g. `oci://ghcr.io/acme/estate-production`. */
export interface FollowedArtifact {
  readonly artifact: string;
}

/** How to wait for Flux. */
export interface WaitOptions {
  readonly seconds?: number;
  /** The commit that everything has to be at. */
  readonly revision?: string;
  /** Objects that need not get ready: `Kustomization/flux-system/kafka`. */
  readonly except?: readonly string[];
}

const NAME = 'flux-system';
const SOURCES = '/apis/source.toolkit.fluxcd.io/v1';
const KUSTOMIZATIONS = '/apis/kustomize.toolkit.fluxcd.io/v1';
const HELM_RELEASES = '/apis/helm.toolkit.fluxcd.io/v2';

/** The source and the root Kustomization: what `flux bootstrap` would have made. */
export function rootObjects(followed: FollowedBranch | FollowedArtifact): JsonObject[] {
  const isArtifact = 'artifact' in followed;
  const kind = isArtifact ? 'OCIRepository' : 'GitRepository';
  const place = isArtifact
    ? { url: followed.artifact, ref: { tag: ARTIFACT_TAG } }
    : { url: followed.url, ref: { branch: followed.branch } };
  const path = isArtifact ? './flux-system' : followed.path;
  const metadata = { name: NAME, namespace: FLUX_NAMESPACE };
  const root = { interval: '10m', retryInterval: '5s', path, prune: true, sourceRef: { kind, name: NAME } };
  return [
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind,
      metadata,
      spec: { ...place, interval: '10s', timeout: '60s' },
    },
    { apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata, spec: root },
  ];
}

/** The tag under which a cluster's artifact is published. */
export const ARTIFACT_TAG = 'latest';

/** Has Flux look at the source now instead of at its next interval. */
export async function reconcileNow(client: KubeClient): Promise<void> {
  const annotations = { 'reconcile.fluxcd.io/requestedAt': new Date().toISOString() };
  for (const plural of ['gitrepositories', 'ocirepositories']) {
    const path = `${SOURCES}/namespaces/${FLUX_NAMESPACE}/${plural}/${NAME}`;
    if (await client.find(path)) await client.request('PATCH', path, { metadata: { annotations } });
  }
}

/**
 * Waits until everything that Flux looks after is Ready.
 * @throws LabError that names what is not, with Flux's own words.
 */
export async function waitReady(client: KubeClient, options: WaitOptions, log: string): Promise<void> {
  const { seconds = 600 } = options;
  // An API server that is just coming back is one more thing to wait for.
  const missing = (): Promise<string | undefined> =>
    notReady(client, options).catch((error: Error) => error.message);
  await waitFor({ what: 'not everything is Ready', seconds, missing, log });
}

async function notReady(client: KubeClient, options: WaitOptions): Promise<string | undefined> {
  const objects = await fluxObjects(client);
  const awaited = objects.filter((object) => !options.except?.includes(labelOf(object)));
  const late = awaited.flatMap((object) => lateness(object, options));
  if (objects.length === 0) return 'Flux has nothing to look after';
  return late.length === 0 ? undefined : late.join('\n  ');
}

/** The Kustomizations, HelmReleases and sources of a cluster. */
export async function fluxObjects(client: KubeClient): Promise<readonly LiveObject[]> {
  const kinds = ['gitrepositories', 'ocirepositories', 'helmrepositories', 'helmcharts'];
  const paths = [
    ...kinds.map((kind) => `${SOURCES}/${kind}`),
    `${KUSTOMIZATIONS}/kustomizations`,
    `${HELM_RELEASES}/helmreleases`,
  ];
  const lists = await Promise.all(paths.map((path) => client.list(path)));
  const names = [
    'GitRepository',
    'OCIRepository',
    'HelmRepository',
    'HelmChart',
    'Kustomization',
    'HelmRelease',
  ];
  return lists.flatMap((list, index) => list.map((object) => ({ ...object, kind: names[index]! })));
}

/** A condition of an object. */
export function conditionOf(object: LiveObject, type: string): Condition | undefined {
  const conditions = (object.status?.['conditions'] ?? []) as unknown as readonly Condition[];
  return conditions.find((condition) => condition.type === type);
}

/** One entry of `status.conditions`. */
export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly observedGeneration?: number;
  readonly lastTransitionTime?: string;
}

/** An object as people name it: `Kustomization/flux-system/kafka`. */
export function labelOf({ kind, metadata }: LiveObject): string {
  return `${String(kind)}/${String(metadata.namespace)}/${metadata.name}`;
}

function lateness(object: LiveObject, { revision }: WaitOptions): string[] {
  if (object.spec?.['suspend'] === true || isStatic(object)) return [];
  const ready = conditionOf(object, 'Ready');
  const isCurrent = (object.status?.['observedGeneration'] ?? 0) === object.metadata.generation;
  if (ready?.status !== 'True' || !isCurrent)
    return [`${labelOf(object)}: ${ready?.message ?? 'not seen yet'}`];
  const applied = (object.status?.['lastAppliedRevision'] ?? '') as string;
  const isBehind = object.kind === 'Kustomization' && revision !== undefined && !applied.endsWith(revision);
  return isBehind ? [`${labelOf(object)}: at ${applied}, not yet at ${revision}`] : [];
}

/** An OCI Helm repository is an address only: Flux gives it no status. */
function isStatic({ kind, spec }: LiveObject): boolean {
  return kind === 'HelmRepository' && spec?.['type'] === 'oci';
}
