import {
  append,
  type ClusterEstate,
  describe,
  type EstateObject,
  type Finding,
  identityOf,
  type JsonObject,
  listIn,
  type ObjectId,
  type Origin,
  textIn,
} from '../estate';
import { lookAt } from './looks';
import { isFlux } from './looks/flux';
import { driftedObjects } from './drift';
import { fixFor } from './fixes';
import { behindUnits, suspended, uncommitted } from './warnings';
import type { Cause, ClusterStatus, Named, Stopped, Trouble } from './types';
import { type Reading, type World, worldOf } from './world';

/** Why a cluster is not Ready: for everything that is not, the first thing that is really broken. */
export function diagnose(reading: Reading, estate?: ClusterEstate): ClusterStatus {
  const world = worldOf(reading, estate);
  const causes = causesOf(world);
  const units = [...world.live.values()].filter(({ kind }) => kind === 'Kustomization');
  const ready = units.filter((unit) => !lookAt(identityOf(unit as JsonObject).id, world));
  const revision = textIn(world.live.get(world.root)?.status, 'lastAppliedRevision');
  return {
    ...(estate && { cluster: estate.info.name }),
    ...(revision !== undefined && { revision }),
    units: { total: units.length, ready: ready.length },
    causes,
    warnings: [
      ...suspended(world),
      ...behindUnits(world),
      ...uncommitted(world),
      ...driftedObjects(world),
    ].map((finding) => place(finding, world)),
    isReady: causes.length === 0,
  };
}

/** A trouble behind which there is no other, and the way that leads to it. */
interface Root {
  readonly object: ObjectId;
  readonly trouble: Trouble;
}

function causesOf(world: World): Cause[] {
  const starts = [...new Set([...world.live.keys(), ...world.wanted.keys()])].filter(
    (id) => !isInner(id, world),
  );
  const search = searcher(world);
  const stopped = new Map<Root, ObjectId[]>();
  for (const id of starts) for (const root of search(id)) append(stopped, root, id);
  const causes = [...stopped].map(([root, ids]) => causeOf(root, ids, world));
  return causes.toSorted((a, b) => rank(a) - rank(b) || b.stops.length - a.stops.length);
}

/** What controllers make for others is looked at where it is needed: a pod of a Deployment, never alone. */
function isInner(id: ObjectId, { live, wanted }: World): boolean {
  const object = live.get(id);
  if (object?.kind === 'Event') return true;
  const isOwned = listIn(object as JsonObject | undefined, 'metadata', 'ownerReferences').length > 0;
  return isOwned && !wanted.has(id) && !isFlux(id);
}

/** Follows every trouble to what is behind it; each object is asked once. */
function searcher(world: World): (id: ObjectId) => readonly Root[] {
  const known = new Map<ObjectId, readonly Root[]>();
  const search = (id: ObjectId): readonly Root[] => {
    const found = known.get(id);
    if (found) return found;
    // In a circle nobody is first: whoever was asked first is not blamed.
    known.set(id, []);
    const trouble = lookAt(id, world);
    const roots = trouble ? behindOf(id, trouble) : [];
    known.set(id, roots);
    return roots;
  };
  const behindOf = (id: ObjectId, trouble: Trouble): readonly Root[] => {
    const blamed = [...(trouble.because ?? []), ...(trouble.isCertain ? [] : world.needs(id))];
    const deeper = new Set(blamed.filter((other) => other !== id).flatMap((other) => search(other)));
    return deeper.size > 0 ? [...deeper] : [{ object: trouble.object ?? id, trouble }];
  };
  return search;
}

/** What a unit has not brought yet needs no line of its own beside the unit. */
function causeOf({ object, trouble }: Root, ids: readonly ObjectId[], world: World): Cause {
  const told = ids.filter((id) => world.live.has(id) || !ids.includes(world.unitOf.get(id) ?? ''));
  const hasGivenUp = told.some((id) => lookAt(id, world)?.isProgressing !== true);
  const stops = told.filter((id) => id !== object).map((id) => stoppedBy(id, world));
  return { finding: finding(object, trouble, hasGivenUp, world), stops };
}

function stoppedBy(id: ObjectId, world: World): Stopped {
  const { reason = '', message = '' } = lookAt(id, world) ?? {};
  return { object: describe(nameOf(id, world)), message: `${reason}: ${message.split('\n')[0] ?? ''}` };
}

function finding(id: ObjectId, trouble: Trouble, hasGivenUp: boolean, world: World): Finding {
  const { reason, message, fix = fixFor(reason, id), path } = trouble;
  const found: Finding = {
    rule: reason,
    severity: hasGivenUp ? 'error' : 'note',
    message,
    fix,
    object: nameOf(id, world),
    ...(path !== undefined && { path }),
  };
  return place(found, world);
}

/** Adds the cluster and the lines that made an object, or, of what a release has made, the release's. */
function place(found: Finding, world: World): Finding {
  const cluster = world.estate?.info.name;
  const origin = found.object && originOf(found.object.id, world);
  return { ...found, ...(cluster !== undefined && { cluster }), ...(origin && { origin }) };
}

function originOf(id: ObjectId, world: World): Origin | undefined {
  const own = world.wanted.get(id)?.origin;
  if (own) return own;
  const labels = world.live.get(id)?.metadata.labels ?? {};
  const release = releaseOf(labels, world.wanted.values());
  return release?.origin;
}

function releaseOf(
  {
    'helm.toolkit.fluxcd.io/name': name,
    'helm.toolkit.fluxcd.io/namespace': namespace,
  }: Readonly<Record<string, string>>,
  objects: Iterable<EstateObject>,
): EstateObject | undefined {
  if (name === undefined) return undefined;
  for (const object of objects)
    if (object.kind === 'HelmRelease' && object.name === name && object.namespace === namespace)
      return object;
  return undefined;
}

/** The names of an object out of its id, where nothing else tells. */
function nameOf(id: ObjectId, { live, wanted }: World): Named {
  const object = wanted.get(id) ?? (live.has(id) ? identityOf(live.get(id) as JsonObject) : undefined);
  if (object) {
    const { apiVersion, kind, namespace, name } = object;
    return { id, apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
  }
  const [apiVersion = '', kind = '', namespace = '', name = ''] = id.split('/');
  return { id, apiVersion, kind, name, ...(namespace !== '' && { namespace }) };
}

function rank({ finding: { severity } }: Cause): number {
  return severity === 'error' ? 0 : 1;
}
