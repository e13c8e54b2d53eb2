import { below, type More, type ShortRow } from './row';

/** The namespace stands beside the name. */
export const near = { namespace: 'namespace' } as const;

/** What is there is waited for; what is not there may come from a chart, a cluster or a controller. */
export const soft = { optional: true } as const;

/** A key of a Secret, as `{ name, key }`. */
export function secretKey(path: string, more?: More): ShortRow {
  return [`${path}.name`, 'Secret', 'start', { key: 'key', ...more }];
}

/** A key of a ConfigMap, as `{ name, key }`. */
export function configMapKey(path: string, more?: More): ShortRow {
  return [`${path}.name`, 'ConfigMap', 'start', { key: 'key', ...more }];
}

/** A Secret by a field with its name. */
export function secret(path: string, more: More = {}): ShortRow {
  return [path, 'Secret', 'start', more];
}

/** What the spec of a claim for a volume refers to. */
export const claim: readonly ShortRow[] = [
  ['storageClassName', 'storage.k8s.io/StorageClass', 'start'],
  ['volumeName', 'PersistentVolume', 'start'],
  ['dataSource.name', { kind: 'kind', group: 'apiGroup', otherwise: 'PersistentVolumeClaim' }, 'start'],
  [
    'dataSourceRef.name',
    { kind: 'kind', group: 'apiGroup', otherwise: 'PersistentVolumeClaim' },
    'start',
    near,
  ],
];

/** What a volume of a pod refers to. */
export const volume: readonly ShortRow[] = [
  ['configMap.name', 'ConfigMap', 'start'],
  secret('secret.secretName'),
  ['persistentVolumeClaim.claimName', 'PersistentVolumeClaim', 'start'],
  secret('csi.nodePublishSecretRef.name'),
  ['projected.sources[].configMap.name', 'ConfigMap', 'start'],
  secret('projected.sources[].secret.name'),
  ...below('ephemeral.volumeClaimTemplate.spec', claim),
];

/**
 * What pods refer to, at whatever depth an operator took their types over into its own: whole templates of pods,
 * single containers, or lists of volumes and variables alone.
 */
export const podParts: readonly ShortRow[] = [
  ['**.serviceAccountName', 'ServiceAccount', 'start'],
  secret('**.imagePullSecrets[].name', soft),
  ['**.priorityClassName', 'scheduling.k8s.io/PriorityClass', 'start'],
  ['**.runtimeClassName', 'node.k8s.io/RuntimeClass', 'start'],
  secretKey('**.valueFrom.secretKeyRef'),
  configMapKey('**.valueFrom.configMapKeyRef'),
  ['**.envFrom[].configMapRef.name', 'ConfigMap', 'start'],
  secret('**.envFrom[].secretRef.name'),
  ...below('**.volumes[]', volume),
];
