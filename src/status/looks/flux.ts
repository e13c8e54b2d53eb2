import { type JsonObject, listIn, mapIn, objectId, type ObjectId, textIn } from '../../estate';
import { conditionOf } from '../../lab/flux';
import type { LiveObject } from '../../lab/api/client';
import type { Trouble } from '../types';
import { kustomizationId, type World } from '../world';
import { isSeen, troubleOf } from './conditions';

/** Why one of Flux's own objects is not Ready. */
export type FluxLook = (object: LiveObject, world: World) => Trouble | undefined;

/** Why a Kustomization is not Ready. */
export const kustomizationTrouble: FluxLook = (object, world) => {
  const early = unseen(object);
  if (early) return early;
  const ready = conditionOf(object, 'Ready');
  if (!ready || ready.status === 'True') return undefined;
  const trouble = { ...troubleOf(ready), ...keptRevision(object, troubleOf(ready).message) };
  switch (ready.reason) {
    case 'DependencyNotReady':
      return { ...trouble, isProgressing: true, because: dependencies(object, world, kustomizationId) };
    case 'ArtifactFailed':
      return { ...trouble, because: [sourceOf(object)] };
    case 'ReconciliationFailed':
    case 'BuildFailed':
      return { ...trouble, ...refused(trouble.message, world) };
    default:
      return { ...trouble, because: awaited(object, trouble.message, world) };
  }
};

/** Why a HelmRelease is not Ready. */
export const releaseTrouble: FluxLook = (object, world) => {
  const early = unseen(object);
  if (early) return early;
  const ready = conditionOf(object, 'Ready');
  if (!ready || ready.status === 'True') return undefined;
  // While Helm tries again, what it said of its last attempt tells more.
  const released = conditionOf(object, 'Released');
  const said = ready.status === 'Unknown' && released?.status === 'False' ? released : ready;
  const trouble = troubleOf(said);
  const namespace = object.metadata.namespace ?? '';
  if (ready.reason === 'DependencyNotReady')
    return { ...trouble, isProgressing: true, because: dependencies(object, world, releaseId) };
  if (ready.reason === 'SourceNotReady') return { ...trouble, because: [chartOf(object, namespace)] };
  return { ...trouble, ...exhausted(object), ...values(trouble.message), because: world.appliedBy(object) };
};

/** Why a source has nothing to give. */
export const sourceTrouble: FluxLook = (object) => {
  // An OCI Helm repository is an address only: Flux gives it no status.
  if (object.kind === 'HelmRepository' && object.spec?.['type'] === 'oci') return undefined;
  const early = unseen(object);
  if (early) return early;
  const ready = conditionOf(object, 'Ready');
  if (!ready || ready.status === 'True') return undefined;
  if (object.kind === 'HelmChart')
    return { ...troubleOf(ready), path: 'spec.chart', because: [sourceOf(object)] };
  return { ...troubleOf(ready), path: 'spec.url' };
};

/** Flux writes of every object that it works on: silence means that it has not come to it, or does not run. */
function unseen(object: LiveObject): Trouble | undefined {
  if (object.spec?.['suspend'] === true)
    return conditionOf(object, 'Ready')?.status === 'True'
      ? undefined
      : { reason: 'Suspended', message: 'it was suspended before it was Ready', fix: resume(object) };
  if (isSeen(object) && conditionOf(object, 'Ready')) return undefined;
  const message = 'Flux has not looked at it yet; where that lasts, look at its controllers';
  return { reason: 'Unseen', message, isProgressing: true };
}

/** How to have Flux take up what is suspended. */
export function resume({ kind = '', metadata: { name, namespace } }: LiveObject): string {
  return `flux resume ${kind.toLowerCase()} ${name} --namespace ${namespace}`;
}

function keptRevision({ status }: LiveObject, message: string): Pick<Trouble, 'message'> {
  const [applied, attempted] = ['lastAppliedRevision', 'lastAttemptedRevision'].map((field) =>
    textIn(status, field),
  );
  if (!applied || !attempted || applied === attempted) return { message };
  return { message: `${message}\n${attempted} was not applied; ${applied} stays` };
}

/** Those that were never applied; where all were, the order is another one and any may be meant. */
function dependencies(
  { spec, metadata }: LiveObject,
  { live }: World,
  idOf: (name: string, namespace: string) => ObjectId,
): ObjectId[] {
  const ids = listIn(spec, 'dependsOn').map((entry) =>
    idOf(textIn(entry, 'name') ?? '', textIn(entry, 'namespace') ?? metadata.namespace ?? ''),
  );
  const isApplied = (id: ObjectId): boolean => Boolean(textIn(live.get(id)?.status, 'lastAppliedRevision'));
  const open = ids.filter((id) => !isApplied(id));
  return open.length > 0 ? open : ids;
}

function releaseId(name: string, namespace: string): ObjectId {
  return objectId('helm.toolkit.fluxcd.io/v2', 'HelmRelease', namespace, name);
}

function sourceOf({ spec, metadata }: LiveObject): ObjectId {
  return sourceId(mapIn(spec, 'sourceRef'), metadata.namespace ?? '');
}

function sourceId(reference: JsonObject, namespace: string): ObjectId {
  const [kind = '', name = '', own] = ['kind', 'name', 'namespace'].map((field) => textIn(reference, field));
  return objectId('source.toolkit.fluxcd.io/v1', kind, own ?? namespace, name);
}

/** The chart that a release names, or the HelmChart that Flux makes for its template. */
function chartOf({ spec, metadata, status }: LiveObject, namespace: string): ObjectId {
  const reference = mapIn(spec, 'chartRef');
  if (textIn(reference, 'name') !== undefined) return sourceId(reference, namespace);
  const [of, name] = (textIn(status, 'helmChart') ?? `${namespace}/${namespace}-${metadata.name}`).split('/');
  return objectId('source.toolkit.fluxcd.io/v1', 'HelmChart', of, name ?? '');
}

/** `Service/shop/api dry-run failed (Invalid): …`: the API server refuses an object, and says which field. */
function refused(message: string, world: World): Partial<Trouble> {
  const [, kind = '', place = ''] = /(?:^|: )([A-Z]\w*)\/(\S+) (?:dry-run|apply) failed/.exec(message) ?? [];
  const object = findApplied(kind, place, world);
  const path = /((?:spec|data|metadata|status)(?:\.[\w-]+|\[\d+\])+): /.exec(message)?.[1];
  return {
    isCertain: true,
    ...(object !== undefined && { object, because: world.needs(object) }),
    ...(path !== undefined && { path }),
  };
}

/** The objects that a message of Flux names as `Kind/namespace/name`, then everything else that it has applied. */
function awaited(object: LiveObject, message: string, world: World): ObjectId[] {
  const named = [...message.matchAll(/([A-Z]\w*)\/(\S+) status: '/g)];
  const found = named.flatMap(([, kind = '', place = '']) => findApplied(kind, place, world) ?? []);
  const checks = listIn(object.spec, 'healthChecks').map((check) => {
    const [apiVersion, kind, namespace, name] = ['apiVersion', 'kind', 'namespace', 'name'].map((field) =>
      textIn(check, field),
    );
    return objectId(apiVersion ?? '', kind ?? '', namespace, name ?? '');
  });
  return [
    ...new Set([...found, ...checks, ...(found.length + checks.length > 0 ? [] : world.appliedBy(object))]),
  ];
}

/** Flux leaves the group out when it names an object. */
function findApplied(kind: string, place: string, { wanted, live }: World): ObjectId | undefined {
  const [first = '', second] = place.split('/');
  const end = second === undefined ? `/${kind}//${first}` : `/${kind}/${first}/${second}`;
  return [...wanted.keys(), ...live.keys()].find((id) => id.endsWith(end));
}

/** A release that has used up its retries stays as it is until somebody asks again. */
function exhausted(object: LiveObject): Partial<Trouble> {
  const stalled = conditionOf(object, 'Stalled');
  if (stalled?.status !== 'True') return {};
  const { name, namespace } = object.metadata;
  const again = `flux reconcile helmrelease ${name} --namespace ${namespace} --reset`;
  return { fix: `mend it and commit; Flux has given up, so where nothing changes in the release: ${again}` };
}

function values(message: string): Partial<Trouble> {
  return message.includes("values don't meet") ? { isCertain: true, path: 'spec.values' } : {};
}

/** Whether an object is one of Flux's own. */
export function isFlux(id: ObjectId): boolean {
  return /^(source|kustomize|helm)\.toolkit\.fluxcd\.io\//.test(id);
}
