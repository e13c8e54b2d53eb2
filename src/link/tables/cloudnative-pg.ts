import { below, type ReferenceTable, rows, type ShortRow } from './row';
import { claim, configMapKey, podParts, secret, secretKey, soft } from './shapes';

/** Where Barman keeps backups: of the plugin's ObjectStore, and of a Cluster that has no plugin. */
const objectStore: readonly ShortRow[] = [
  ...['accessKeyId', 'secretAccessKey', 'sessionToken', 'region'].map((field) =>
    secretKey(`s3Credentials.${field}`),
  ),
  ...['connectionString', 'storageAccount', 'storageKey', 'storageSasToken'].map((field) =>
    secretKey(`azureCredentials.${field}`),
  ),
  secretKey('googleCredentials.applicationCredentials'),
  secretKey('endpointCA'),
];

const storage: readonly ShortRow[] = [
  ['storageClass', 'storage.k8s.io/StorageClass', 'start'],
  ...below('pvcTemplate', claim),
];

const snapshot: ShortRow = [
  'name',
  { kind: 'kind', group: 'apiGroup', otherwise: 'snapshot.storage.k8s.io/VolumeSnapshot' },
  'start',
];

const catalog: ShortRow = [
  'imageCatalogRef.name',
  { kind: 'kind', group: 'apiGroup', otherwise: 'postgresql.cnpg.io/ImageCatalog' },
  'start',
];

const store: ShortRow = ['parameters.barmanObjectName', 'barmancloud.cnpg.io/ObjectStore', 'start'];
const cluster: ShortRow = ['cluster.name', 'postgresql.cnpg.io/Cluster', 'start'];

const bootstrap: readonly ShortRow[] = [
  secret('initdb.secret.name'),
  secret('pg_basebackup.secret.name'),
  secret('recovery.secret.name'),
  ['recovery.backup.name', 'postgresql.cnpg.io/Backup', 'start'],
  ...below('recovery.volumeSnapshots.storage', [snapshot]),
  ...below('recovery.volumeSnapshots.walStorage', [snapshot]),
  ...below('recovery.volumeSnapshots.tablespaceStorage.*', [snapshot]),
  ...['postInitSQLRefs', 'postInitTemplateSQLRefs', 'postInitApplicationSQLRefs'].flatMap((list) => [
    configMapKey(`initdb.${list}.configMapRefs[]`),
    secretKey(`initdb.${list}.secretRefs[]`),
  ]),
];

const externalCluster: readonly ShortRow[] = [
  ...['password', 'sslCert', 'sslKey', 'sslRootCert'].map((field) => secretKey(field)),
  ...below('barmanObjectStore', objectStore),
  ...below('plugin', [store]),
];

/** CloudNativePG and its plugin for Barman. */
export const cloudnativePgReferences: ReferenceTable = {
  'postgresql.cnpg.io/Cluster': rows('spec', [
    ...below('storage', storage),
    ...below('walStorage', storage),
    ...below('tablespaces[].storage', storage),
    ...below('bootstrap', bootstrap),
    ...below('externalClusters[]', externalCluster),
    ...below('backup.barmanObjectStore', objectStore),
    ...below('plugins[]', [store]),
    ...['clientCASecret', 'replicationTLSSecret', 'serverCASecret', 'serverTLSSecret'].map((field) =>
      secret(`certificates.${field}`),
    ),
    ['backup.volumeSnapshot.className', 'snapshot.storage.k8s.io/VolumeSnapshotClass', 'runtime', soft],
    ['backup.volumeSnapshot.walClassName', 'snapshot.storage.k8s.io/VolumeSnapshotClass', 'runtime', soft],
    secret('superuserSecret.name'),
    secret('managed.roles[].passwordSecret.name'),
    secretKey('postgresql.ldap.bindSearchAuth.bindPassword'),
    configMapKey('monitoring.customQueriesConfigMap[]'),
    secretKey('monitoring.customQueriesSecret[]'),
    ['projectedVolumeTemplate.sources[].configMap.name', 'ConfigMap', 'start'],
    secret('projectedVolumeTemplate.sources[].secret.name'),
    ...below('ephemeralVolumeSource.volumeClaimTemplate.spec', claim),
    catalog,
    ...podParts,
  ]),
  'postgresql.cnpg.io/Pooler': rows('spec', [
    cluster,
    ...['authQuerySecret', 'clientCASecret', 'clientTLSSecret', 'serverCASecret', 'serverTLSSecret'].map(
      (field) => secret(`pgbouncer.${field}.name`),
    ),
    ...below('pgbouncer', [catalog]),
    ...podParts,
  ]),
  'postgresql.cnpg.io/Backup': rows('spec', [cluster]),
  'postgresql.cnpg.io/ScheduledBackup': rows('spec', [cluster]),
  'postgresql.cnpg.io/Database': rows('spec', [cluster]),
  'postgresql.cnpg.io/DatabaseRole': rows('spec', [cluster, secret('passwordSecret.name')]),
  'postgresql.cnpg.io/Publication': rows('spec', [cluster]),
  'postgresql.cnpg.io/Subscription': rows('spec', [cluster]),
  'barmancloud.cnpg.io/ObjectStore': rows('spec', [...below('configuration', objectStore), ...podParts]),
};
