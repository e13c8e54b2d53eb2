import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../estate';
import type { LiveObject } from './api/client';
import { PROVISIONER, STORAGE_CLASS } from './storage-class';

/** Where a node sees its volumes; outside of it, this is the folder `volumes` of the node's own. */
const ON_NODE = '/var/lib/volumes';
const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';

/** The volume that a claim waits for: none before the scheduler has chosen a node. */
export function volumeFor(claim: LiveObject): JsonObject | undefined {
  const { metadata, spec = {} } = claim;
  const node = metadata.annotations?.[SELECTED_NODE];
  const isWaiting =
    spec['storageClassName'] === STORAGE_CLASS && !spec['volumeName'] && !metadata.deletionTimestamp;
  if (!isWaiting || node === undefined) return undefined;
  const { name, namespace = '', uid = '' } = metadata;
  const volume = `pvc-${uid}`;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: volume, annotations: { [PROVISIONED_BY]: PROVISIONER } },
    spec: {
      storageClassName: STORAGE_CLASS,
      persistentVolumeReclaimPolicy: 'Delete',
      accessModes: spec['accessModes'] ?? ['ReadWriteOnce'],
      capacity: { storage: requested(claim) },
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid },
      local: { path: join(ON_NODE, volume) },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [onNode(node)] }] } },
    },
  };
}

/** The size that a bound claim asks for, where it is more than it has. */
export function growthOf({ spec, status }: LiveObject): { volume: string; storage: string } | undefined {
  const volume = spec?.['volumeName'];
  const wanted = requested({ spec } as LiveObject);
  const has = (status?.['capacity'] as { storage?: string } | undefined)?.storage;
  const isOurs = spec?.['storageClassName'] === STORAGE_CLASS;
  if (!isOurs || typeof volume !== 'string' || has === undefined || bytes(wanted) <= bytes(has))
    return undefined;
  return { volume, storage: wanted };
}

/** Whether a volume is one of ours that nobody claims any more and nobody wants to keep. */
export function isOurReleased({ metadata, spec, status }: LiveObject): boolean {
  return (
    metadata.annotations?.[PROVISIONED_BY] === PROVISIONER &&
    spec?.['persistentVolumeReclaimPolicy'] === 'Delete' &&
    status?.['phase'] === 'Released' &&
    metadata.deletionTimestamp === undefined
  );
}

/** Makes room for a volume on its node; nodes that only pretend to run pods have none. */
export function createVolumeFolder(nodes: string, volume: JsonObject | LiveObject): void {
  const folder = folderOf(nodes, volume);
  if (!existsSync(join(folder, '..'))) return;
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o777);
}

/** Removes a volume's data for good. */
export function removeVolumeFolder(nodes: string, volume: LiveObject): void {
  rmSync(folderOf(nodes, volume), { recursive: true, force: true });
}

const UNITS = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL_UNITS = ['k', 'M', 'G', 'T', 'P', 'E'];

/** A quantity of storage in bytes. */
export function bytes(quantity: string): number {
  const [, number = '0', unit = ''] = /^([0-9.eE+-]+?)([A-Za-z]*)$/.exec(quantity) ?? [];
  const [binary, decimal] = [UNITS.indexOf(unit), DECIMAL_UNITS.indexOf(unit)];
  const factor = binary >= 0 ? 1024 ** (binary + 1) : 1000 ** (decimal + 1);
  return Number(number) * (unit === 'm' ? 0.001 : factor);
}

function requested({ spec }: Pick<LiveObject, 'spec'>): string {
  const resources = spec?.['resources'] as { requests?: { storage?: string } } | undefined;
  return resources?.requests?.storage ?? '0';
}

function onNode(name: string): JsonObject {
  return { key: 'kubernetes.io/hostname', operator: 'In', values: [name] };
}

interface LocalVolume {
  readonly local: { readonly path: string };
  readonly nodeAffinity: {
    readonly required: {
      readonly nodeSelectorTerms: readonly {
        readonly matchExpressions: readonly { readonly values: readonly string[] }[];
      }[];
    };
  };
}

function folderOf(nodes: string, volume: JsonObject | LiveObject): string {
  const { local, nodeAffinity } = volume['spec'] as unknown as LocalVolume;
  const node = nodeAffinity.required.nodeSelectorTerms[0]?.matchExpressions[0]?.values[0] ?? '';
  return join(nodes, node, 'volumes', local.path.slice(ON_NODE.length + 1));
}
