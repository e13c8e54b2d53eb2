import { below, type ReferenceTable, rows, type ShortRow } from './row';
import { near, podParts, secretKey, soft } from './shapes';

/** Where restic keeps a repository, at whatever depth a kind of K8up has it. */
const repository: readonly ShortRow[] = [
  'azure.accountKeySecretRef',
  'azure.accountNameSecretRef',
  'b2.accountIDSecretRef',
  'b2.accountKeySecretRef',
  'gcs.accessTokenSecretRef',
  'gcs.projectIDSecretRef',
  'repoPasswordSecretRef',
  'rest.passwordSecretReg',
  'rest.userSecretRef',
  's3.accessKeyIDSecretRef',
  's3.secretAccessKeySecretRef',
].map((field) => secretKey(`**.${field}`));

const k8up = rows('spec', [
  ...repository,
  ['**.podConfigRef.name', 'k8up.io/PodConfig', 'start'],
  ['**.restoreMethod.folder.claimName', 'PersistentVolumeClaim', 'start'],
  ...podParts,
]);

const location: ShortRow = ['storageLocation', 'velero.io/BackupStorageLocation', 'runtime', soft];
const snapshots: ShortRow = [
  'volumeSnapshotLocations[]',
  'velero.io/VolumeSnapshotLocation',
  'runtime',
  soft,
];
const policy: ShortRow = ['resourcePolicy.name', 'ConfigMap', 'start'];
const backup: readonly ShortRow[] = [location, snapshots, policy];

const snapshotClass = (path: string, kind: string): ShortRow => [path, kind, 'start', soft];

/** K8up, Velero and the snapshots of volumes. Velero's chart writes locations, a StatefulSet its claims: both may be out of sight. */
export const backupReferences: ReferenceTable = {
  ...Object.fromEntries(
    ['Archive', 'Backup', 'Check', 'Prune', 'Restore', 'Schedule'].map((kind) => [`k8up.io/${kind}`, k8up]),
  ),
  'k8up.io/PodConfig': rows('spec', podParts),
  'k8up.io/PreBackupPod': rows('spec', podParts),
  'velero.io/Backup': rows('spec', backup),
  'velero.io/Schedule': rows('spec', below('template', backup)),
  'velero.io/Restore': rows('spec', [
    ['backupName', 'velero.io/Backup', 'start', soft],
    ['scheduleName', 'velero.io/Schedule', 'start', soft],
    ['resourceModifier.name', 'ConfigMap', 'start'],
  ]),
  'velero.io/BackupStorageLocation': rows('spec', [
    secretKey('credential'),
    secretKey('objectStorage.caCertRef'),
  ]),
  'velero.io/VolumeSnapshotLocation': rows('spec', [secretKey('credential')]),
  'snapshot.storage.k8s.io/VolumeSnapshot': rows('spec', [
    ['source.persistentVolumeClaimName', 'PersistentVolumeClaim', 'start', soft],
    ['source.volumeSnapshotContentName', 'snapshot.storage.k8s.io/VolumeSnapshotContent', 'start'],
    snapshotClass('volumeSnapshotClassName', 'snapshot.storage.k8s.io/VolumeSnapshotClass'),
  ]),
  'snapshot.storage.k8s.io/VolumeSnapshotContent': rows('spec', [
    ['volumeSnapshotRef.name', 'snapshot.storage.k8s.io/VolumeSnapshot', 'runtime', { ...near, ...soft }],
    snapshotClass('volumeSnapshotClassName', 'snapshot.storage.k8s.io/VolumeSnapshotClass'),
  ]),
  'groupsnapshot.storage.k8s.io/VolumeGroupSnapshot': rows('spec', [
    [
      'source.volumeGroupSnapshotContentName',
      'groupsnapshot.storage.k8s.io/VolumeGroupSnapshotContent',
      'start',
    ],
    snapshotClass('volumeGroupSnapshotClassName', 'groupsnapshot.storage.k8s.io/VolumeGroupSnapshotClass'),
  ]),
};
