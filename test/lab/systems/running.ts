import { join } from 'node:path';
import { type ClusterEstate, type EstateObject, type FileTree, kindOf, numberIn } from '../../../src/estate';
import {
  conditionOf,
  imagesIn,
  type Lab,
  LabError,
  type LiveObject,
  startLab,
  waitFor,
} from '../../../src/lab';
import { readFolder } from '../../../src/lab/lab';
import { compileEstate } from '../estate';
import { labName } from '../names';

export const MINUTES = 60_000;
export const CLUSTER = 'lab';
const DIST = join(__dirname, '../../../dist');

const { clusters } = compileEstate().estate;

/** The cluster in which nothing is pretended, as this repository writes it. */
export const cluster: ClusterEstate = clusters.find(({ info }) => info.name === CLUSTER)!;

/** Systems of peers, which have to form a quorum before their pods are ready. */
export const statefulSets: readonly EstateObject[] = cluster.objects.filter(
  (object) => kindOf(object) === 'apps/StatefulSet',
);

/** How many pods a StatefulSet or Deployment has. */
export function replicasOf({ body }: EstateObject): number {
  return numberIn(body, 'spec', 'replicas') ?? 1;
}

/** What this repository has committed for all its clusters. */
export function distTree(): FileTree {
  return readFolder(DIST);
}

/**
 * The cluster on three real nodes. The first test file of a run brings it up, and those that follow find it, for it
 * takes minutes; it goes with the run.
 */
export async function runningLab(): Promise<Lab> {
  const lab = await startLab({ name: labName('systems'), nodes: 3 });
  const root = '/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/flux-system/kustomizations/flux-system';
  if (!(await lab.client.find(root))) await prepare(lab);
  const revision = await lab.publish(distTree());
  await lab.follow(CLUSTER);
  await allReady(lab, revision);
  return lab;
}

/** Brings what no commit can: images, and what the estate says comes from elsewhere. */
async function prepare(lab: Lab): Promise<void> {
  const unknown = await lab.provideImages(imagesIn(readFolder(join(DIST, CLUSTER))));
  if (unknown.length > 0) throw new LabError(`nobody here can build ${unknown.join(', ')}`);
  await lab.bringExternals(cluster.info.externals);
}

/** Waits until every unit is Ready, every pod too, and says what the one that is not has logged. */
export async function allReady(lab: Lab, revision?: string): Promise<void> {
  await lab.waitReady({ seconds: 480, ...(revision === undefined ? {} : { revision }) });
  await podsReady(lab, () => true);
}

/** Waits until the pods that are meant, and all that belong to them, are Ready. */
export async function podsReady(
  lab: Lab,
  isMeant: (pod: LiveObject) => boolean,
  seconds = 240,
): Promise<void> {
  const late = async (): Promise<readonly LiveObject[]> =>
    (await livePods(lab)).filter((pod) => isMeant(pod) && !isReady(pod));
  try {
    const missing = async (): Promise<string | undefined> =>
      (await late()).map(describePod).join('\n  ') || undefined;
    await waitFor({ what: 'not every pod is Ready', seconds, missing: patient(missing) });
  } catch (error) {
    const [first] = await late();
    const log = first ? await logOf(lab, first) : '';
    throw new LabError(`${(error as Error).message}${log}`);
  }
}

/** An API server or a node that is away is one more thing to wait for. */
export function patient(missing: () => Promise<string | undefined>): () => Promise<string | undefined> {
  return () => missing().catch((error: Error) => error.message);
}

/** The pods of the cluster's namespaces, those of finished Jobs excepted. */
export async function livePods(lab: Lab): Promise<readonly LiveObject[]> {
  const pods = await lab.client.list('/api/v1/pods');
  return pods.filter(({ status }) => status?.['phase'] !== 'Succeeded' && status?.['phase'] !== 'Failed');
}

/** The pods of a workload. */
export async function podsOf(
  lab: Lab,
  { namespace, name }: Pick<EstateObject, 'namespace' | 'name'>,
): Promise<readonly LiveObject[]> {
  const selector = `labelSelector=app.kubernetes.io/name=${name}`;
  const pods = await lab.client.list(`/api/v1/namespaces/${namespace}/pods?${selector}`);
  return pods.filter(({ status }) => status?.['phase'] !== 'Succeeded');
}

export function isReady(pod: LiveObject): boolean {
  return pod.metadata.deletionTimestamp === undefined && conditionOf(pod, 'Ready')?.status === 'True';
}

/** The node that a pod is on. */
export function nodeOf({ spec }: LiveObject): string {
  return spec?.['nodeName'] as string;
}

/** The address of a pod. */
export function addressOf({ status }: LiveObject): string {
  return status?.['podIP'] as string;
}

function describePod(pod: LiveObject): string {
  const { metadata, status } = pod;
  const about = status?.['containerStatuses'] ?? status?.['conditions'] ?? 'nothing is known of it';
  return `${metadata.namespace}/${metadata.name} on ${nodeOf(pod)}: ${JSON.stringify(about)}`;
}

async function logOf(lab: Lab, { metadata: { namespace = '', name } }: LiveObject): Promise<string> {
  const log = await lab
    .kubectl('logs', `--namespace=${namespace}`, name, '--tail=20')
    .catch((error: Error) => error.message);
  return `\nThe end of the log of ${namespace}/${name}:\n${log}`;
}

/** Deletes a pod and waits until its successor of the same name is Ready; in how many seconds that was. */
export async function losePod(lab: Lab, namespace: string, name: string): Promise<number> {
  const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
  const old = await lab.client.find(path);
  const start = Date.now();
  await lab.api('DELETE', path);
  const missing = async (): Promise<string | undefined> => {
    const now = await lab.client.find(path);
    const isBack = now !== undefined && now.metadata.uid !== old?.metadata.uid;
    return isBack ? undefined : 'its successor is not there';
  };
  await waitFor({ what: `${namespace}/${name} is not back`, seconds: 180, missing: patient(missing) });
  await podsReady(lab, ({ metadata }) => metadata.namespace === namespace && metadata.name === name);
  return Math.round((Date.now() - start) / 1000);
}

/** Cuts a node's power and waits until the cluster knows. */
export async function loseNode(lab: Lab, name: string): Promise<void> {
  await lab.nodes.stop(name);
  await nodeIs(lab, name, false);
}

/** Turns a node on again and waits until it serves. */
export async function returnNode(lab: Lab, name: string): Promise<void> {
  await lab.nodes.start(name);
  await nodeIs(lab, name, true);
}

async function nodeIs(lab: Lab, name: string, ready: boolean): Promise<void> {
  const missing = async (): Promise<string | undefined> => {
    const node = await lab.client.find(`/api/v1/nodes/${name}`);
    const status = node && conditionOf(node, 'Ready')?.status;
    return (status === 'True') === ready ? undefined : `its condition Ready is ${status}`;
  };
  await waitFor({
    what: `${name} is not ${ready ? 'Ready' : 'NotReady'}`,
    seconds: 120,
    missing: patient(missing),
  });
}

/** What a StatefulSet and its claims are known by: they hold the data. */
export async function identitiesOf(lab: Lab): Promise<readonly string[]> {
  const lists = await Promise.all(
    ['/apis/apps/v1/statefulsets', '/api/v1/persistentvolumeclaims'].map((path) => lab.client.list(path)),
  );
  return lists
    .flat()
    .map(
      ({ metadata, spec }) =>
        `${metadata.namespace} ${metadata.name} ${metadata.uid} ${(spec?.['volumeName'] ?? '') as string}`,
    )
    .toSorted();
}
