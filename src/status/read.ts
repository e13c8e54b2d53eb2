import { type ClusterEstate, groupOf, kindOf } from '../estate';
import { ApiError, type KubeClient, type LiveObject } from '../lab/api/client';
import type { SchemaRegistry } from '../schema/types';
import { idOf, type Reading } from './world';

/** A kind of objects, and where the API server lists them. */
interface Listed {
  readonly apiVersion: string;
  readonly kind: string;
  readonly path: string;
}

/** Reads everything that says how a cluster is; what nobody may read is left out. */
export async function readCluster(
  client: KubeClient,
  estate: ClusterEstate | undefined,
  registry: SchemaRegistry,
): Promise<Reading> {
  const time = new Date().toISOString();
  const listed = [...always, ...kindsOf(estate, registry)];
  const read = await Promise.all(listed.map((kind) => list(client, kind)));
  const kinds = read.flatMap((one) => one.kinds);
  const objects = read.flatMap((one) => one.objects);
  return {
    time,
    kinds,
    objects: [...objects, ...(await unlabelled(client, estate, objects, new Set(kinds)))],
  };
}

/** What was there before Flux came, and is to stay as it was, has no label of Flux's. */
async function unlabelled(
  client: KubeClient,
  estate: ClusterEstate | undefined,
  found: readonly LiveObject[],
  kinds: ReadonlySet<string>,
): Promise<LiveObject[]> {
  const known = new Set(found.map(idOf));
  const missing = (estate?.objects ?? []).filter(
    (object) => kinds.has(kindOf(object)) && !known.has(object.id),
  );
  const answers = missing.map(async ({ apiVersion, kind, body }) => {
    const live = await client.pathOf(body).then(
      (path) => client.find(path),
      () => undefined,
    );
    return live ? [{ ...live, apiVersion, kind }] : [];
  });
  return (await Promise.all(answers)).flat();
}

const flux: readonly (readonly [string, readonly string[]])[] = [
  ['kustomize.toolkit.fluxcd.io/v1', ['Kustomization']],
  ['helm.toolkit.fluxcd.io/v2', ['HelmRelease']],
  [
    'source.toolkit.fluxcd.io/v1',
    ['GitRepository', 'OCIRepository', 'HelmRepository', 'HelmChart', 'Bucket'],
  ],
];
const workloads: typeof flux = [
  ['apps/v1', ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']],
  ['batch/v1', ['Job']],
  ['v1', ['Pod', 'PersistentVolumeClaim']],
];
const always: readonly Listed[] = [
  ...[...flux, ...workloads].flatMap(([apiVersion, kinds]) =>
    kinds.map((kind) => ({ apiVersion, kind, path: `${root(apiVersion)}/${pluralOf(kind)}` })),
  ),
  { apiVersion: 'v1', kind: 'Event', path: '/api/v1/events?fieldSelector=type%3DWarning' },
];

/** All of these have the plural that everybody expects, one aside. */
function pluralOf(kind: string): string {
  return kind.toLowerCase().replace(/y$/, 'ie').concat('s');
}

function root(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

const OF_FLUX = 'labelSelector=kustomize.toolkit.fluxcd.io%2Fname';

/** The other kinds of the estate: of these only what Flux has applied. What is in Secrets is nobody's business. */
function kindsOf(estate: ClusterEstate | undefined, registry: SchemaRegistry): Listed[] {
  const known = new Set(['Secret', ...always.map((kind) => kindOf(kind))]);
  const found = new Map<string, Listed>();
  for (const { apiVersion, kind } of estate?.objects ?? []) {
    const key = kindOf({ apiVersion, kind });
    const plural = registry.info(groupOf(apiVersion), kind)?.plural;
    if (known.has(key) || plural === undefined) continue;
    found.set(key, { apiVersion, kind, path: `${root(apiVersion)}/${plural}?${OF_FLUX}` });
  }
  return [...found.values()];
}

async function list(client: KubeClient, listed: Listed): Promise<Omit<Reading, 'time'>> {
  const { apiVersion, kind, path } = listed;
  try {
    const items = await client.list(path);
    return {
      objects: items.map((item): LiveObject => ({ ...item, apiVersion, kind })),
      kinds: [kindOf(listed)],
    };
  } catch (error) {
    if (error instanceof ApiError && error.status === 403) return { objects: [], kinds: [] };
    throw error;
  }
}
