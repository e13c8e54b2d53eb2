import { below, type ReferenceTable, rows, type ShortRow } from './row';
import { near, secret, secretKey, soft } from './shapes';

const cluster: readonly ShortRow[] = [
  secret('kafkaCluster.caSecret.name', { key: 'caKey' }),
  secret('kafkaCluster.tlsSecret.name', { key: 'certKey' }),
  secret('kafkaCluster.saslSecret.name', { key: 'passwordKey' }),
];

/** Where backups go; `create` may have the claim made. */
const storage: readonly ShortRow[] = [
  secret('s3.credentialsSecret.name', { key: 'secretAccessKeyKey' }),
  secret('gcs.credentialsSecret.name', { key: 'serviceAccountJsonKey' }),
  secret('azure.credentialsSecret.name', { key: 'accountKeyKey' }),
  secret('azure.sasTokenSecret.name', { key: 'sasTokenKey' }),
  secret('azure.servicePrincipalSecret.name', { key: 'clientSecretKey' }),
  ['pvc.claimName', 'PersistentVolumeClaim', 'start', soft],
];

const claim = (path: string): ShortRow => [path, 'PersistentVolumeClaim', 'start'];
const backup: readonly ShortRow[] = [
  ['backupRef.name', 'kafka.oso.sh/KafkaBackup', 'start', near],
  ...below('backupRef.storage', storage),
];

/** The Kafka backup operator. */
export const kafkaBackupReferences: ReferenceTable = {
  'kafka.oso.sh/KafkaBackup': rows('spec', [
    ...cluster,
    ...below('storage', storage),
    claim('checkpoint.storage.pvcName'),
  ]),
  'kafka.oso.sh/KafkaRestore': rows('spec', [
    ...cluster,
    ...backup,
    claim('rollback.snapshotStorage.pvcName'),
  ]),
  'kafka.oso.sh/KafkaBackupValidation': rows('spec', [
    ...cluster,
    ...backup,
    ...below('evidence.storage', storage),
    secret('evidence.signing.keySecret.name'),
    secretKey('notifications.slack.webhookSecret'),
    secretKey('notifications.pagerduty.routingKeySecret'),
  ]),
  'kafka.oso.sh/KafkaOffsetReset': rows('spec', [
    ...cluster,
    ['offsetMappingRef.restoreName', 'kafka.oso.sh/KafkaRestore', 'start'],
    claim('offsetMappingRef.pvcName'),
  ]),
  'kafka.oso.sh/KafkaOffsetRollback': rows('spec', [
    ...cluster,
    ['snapshotRef.restoreRef', 'kafka.oso.sh/KafkaRestore', 'start'],
    ['snapshotRef.offsetResetRef', 'kafka.oso.sh/KafkaOffsetReset', 'start'],
    claim('snapshotRef.pvcName'),
  ]),
};
