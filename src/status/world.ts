import { fluxNamespace, rootUnit } from '../construct/defaults';
import {
  append,
  type ClusterEstate,
  type EstateObject,
  identityOf,
  type JsonObject,
  listIn,
  mapIn,
  objectId,
  type ObjectId,
  textIn,
} from '../estate';
import type { LiveObject } from '../lab/api/client';
import { behind } from '../units';

/** A cluster and its estate, with an answer to every question that finding a cause asks. */
export interface World {
  readonly estate?: ClusterEstate;
  /** When the cluster was read. */
  readonly now: number;
  readonly live: ReadonlyMap<ObjectId, LiveObject>;
  /** Objects of the estate. */
  readonly wanted: ReadonlyMap<ObjectId, EstateObject>;
  /** The Kustomization that brings all others. */
  readonly root: ObjectId;
  /** Object of the estate → its unit's Kustomization. */
  readonly unitOf: ReadonlyMap<ObjectId, ObjectId>;
  /** Whether objects of a kind were read at all: of others nobody knows whether they are there. */
  readonly isRead: (id: ObjectId) => boolean;
  /** Whether an object is in the inventory of its unit. */
  readonly isApplied: (id: ObjectId) => boolean;
  /** What an object needs, by the estate; behind a Service whoever answers. */
  readonly needs: (id: ObjectId) => readonly ObjectId[];
  /** What the controllers of an object made for it, and these for them. */
  readonly owned: (object: LiveObject) => readonly LiveObject[];
  /** Warnings about an object, the latest first. */
  readonly warnings: (object: LiveObject) => readonly Warning[];
  /** What a unit or release has put into the cluster. */
  readonly appliedBy: (owner: LiveObject) => readonly ObjectId[];
}

/** An event that warns. */
export interface Warning {
  readonly reason: string;
  readonly message: string;
}

/** The identity of a live object. */
export function idOf(object: LiveObject): ObjectId {
  return identityOf(object as JsonObject).id;
}

/** What was read of a cluster, as plain data. */
export interface Reading {
  /** Every object with its `apiVersion` and `kind`; events are among them. */
  readonly objects: readonly LiveObject[];
  /** The kinds that could be read, with their groups. */
  readonly kinds: readonly string[];
  /** When it was read. */
  readonly time: string;
}

/** Puts together what was read and what should be there. */
export function worldOf({ objects, kinds, time }: Reading, estate?: ClusterEstate): World {
  const live = new Map(objects.map((object) => [idOf(object), object]));
  const read = new Set(kinds);
  const root = rootOf(objects, estate);
  const unitOf = unitsOf(estate, root);
  return {
    ...(estate && { estate }),
    now: Date.parse(time),
    live,
    wanted: new Map(estate?.objects.map((object) => [object.id, object])),
    root,
    unitOf,
    isApplied: (id) => inventoryOf(live.get(unitOf.get(id) ?? '')).has(inventoryEntry(id)),
    isRead: (id) => read.has(id.split('/').slice(0, 2).filter(Boolean).join('/')),
    needs: needsOf(estate),
    owned: ownedOf(objects),
    warnings: warningsOf(objects),
    appliedBy: appliedByOf(objects),
  };
}

/** The bootstrap may call it as it likes: it is the one that reads the folder of sources and Kustomizations. */
function rootOf(objects: readonly LiveObject[], estate: ClusterEstate | undefined): ObjectId {
  const folder = folderOf(`${estate?.info.source.path}/${rootUnit}`);
  const root = objects.find(
    ({ kind, spec }) => kind === 'Kustomization' && folderOf(textIn(spec, 'path')) === folder,
  );
  return root ? idOf(root) : kustomizationId(rootUnit);
}

/** A folder, however somebody wrote it. */
export function folderOf(path = ''): string {
  return path.replace(/^(\.\/)+/, '').replace(/\/+$/, '');
}

function unitsOf(estate: ClusterEstate | undefined, root: ObjectId): Map<ObjectId, ObjectId> {
  const units = new Map<ObjectId, ObjectId>();
  for (const { name, objects } of estate?.units ?? [])
    for (const { id } of objects) units.set(id, name === rootUnit ? root : kustomizationId(name));
  return units;
}

/** The Kustomization of a unit. */
export function kustomizationId(name: string, namespace: string = fluxNamespace): ObjectId {
  return objectId('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', namespace, name);
}

function inventoryOf(unit: LiveObject | undefined): ReadonlySet<string> {
  const entries = listIn(mapIn(unit?.status, 'inventory'), 'entries');
  return new Set(entries.flatMap((entry) => textIn(entry, 'id') ?? []));
}

/** An object as Flux writes it down; names of roles may have colons. */
function inventoryEntry(id: ObjectId): string {
  const [group, kind, namespace, name = ''] = id.split('/');
  return `${namespace}_${name.replaceAll(':', '__')}_${group}_${kind}`;
}

/** Found when it is asked for: of most objects nobody asks. */
function needsOf(estate: ClusterEstate | undefined): World['needs'] {
  const targets = new Map<ObjectId, ObjectId[]>();
  for (const { from, to } of estate?.edges ?? []) append(targets, from, to);
  const byId = new Map(estate?.objects.map((object) => [object.id, object]));
  const byNamespace = new Map<string, EstateObject[]>();
  for (const object of estate?.objects ?? []) append(byNamespace, object.namespace ?? '', object);
  return (id) =>
    (targets.get(id) ?? []).flatMap((to) => {
      const target = byId.get(to);
      return target ? behind(target, byNamespace.get(target.namespace ?? '') ?? []).map((one) => one.id) : [];
    });
}

function ownedOf(objects: readonly LiveObject[]): World['owned'] {
  const owned = new Map<string, LiveObject[]>();
  for (const object of objects)
    for (const owner of listIn(object as JsonObject, 'metadata', 'ownerReferences'))
      append(owned, textIn(owner, 'uid') ?? '', object);
  const below = (object: LiveObject): readonly LiveObject[] =>
    (owned.get(object.metadata.uid ?? '') ?? []).flatMap((one) => [one, ...below(one)]);
  return below;
}

function warningsOf(objects: readonly LiveObject[]): World['warnings'] {
  const events = new Map<string, LiveObject[]>();
  for (const event of objects)
    if (event.kind === 'Event' && event['type'] === 'Warning')
      append(events, textIn(event as JsonObject, 'involvedObject', 'uid') ?? '', event);
  return ({ metadata: { uid = '' } }) =>
    (events.get(uid) ?? [])
      .toSorted((a, b) => (timeOf(a) < timeOf(b) ? 1 : -1))
      .map((event) => ({
        reason: textIn(event as JsonObject, 'reason') ?? '',
        message: (textIn(event as JsonObject, 'message') ?? '').trim(),
      }));
}

/** The old kind of event says when in one field, the new kind in another. */
function timeOf(event: LiveObject): string {
  const fields = ['lastTimestamp', 'eventTime'].map((field) => textIn(event as JsonObject, field));
  return fields.find((time) => time !== undefined) ?? '';
}

const ownerLabels: { readonly [kind: string]: string } = {
  Kustomization: 'kustomize.toolkit.fluxcd.io',
  HelmRelease: 'helm.toolkit.fluxcd.io',
};

/** Both of Flux's controllers put the name of whom they work for on everything that they apply. */
function appliedByOf(objects: readonly LiveObject[]): World['appliedBy'] {
  const applied = new Map<string, ObjectId[]>();
  for (const object of objects)
    for (const label of Object.values(ownerLabels)) {
      const { [`${label}/name`]: name, [`${label}/namespace`]: namespace } = object.metadata.labels ?? {};
      if (name !== undefined) append(applied, `${label} ${namespace}/${name}`, idOf(object));
    }
  return ({ kind = '', metadata: { name, namespace } }) =>
    applied.get(`${ownerLabels[kind]} ${namespace}/${name}`) ?? [];
}
