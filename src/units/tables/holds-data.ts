/**
 * Kinds whose deletion deletes data: Flux must not prune them. Backups of Velero, K8up and CloudNativePG are not
 * among them: what they stand for stays in its bucket.
 */
export const holdsData: ReadonlySet<string> = new Set([
  'PersistentVolume',
  'PersistentVolumeClaim',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'elasticsearch.k8s.elastic.co/Elasticsearch',
  // The metadata of high availability goes with them: the job starts from nothing.
  'flink.apache.org/FlinkBlueGreenDeployment',
  'flink.apache.org/FlinkDeployment',
  'flink.apache.org/FlinkSessionJob',
  // The savepoint is disposed of with it.
  'flink.apache.org/FlinkStateSnapshot',
  'groupsnapshot.storage.k8s.io/VolumeGroupSnapshot',
  'groupsnapshot.storage.k8s.io/VolumeGroupSnapshotContent',
  'jetstream.nats.io/KeyValue',
  'jetstream.nats.io/ObjectStore',
  'jetstream.nats.io/Stream',
  'kafka.strimzi.io/Kafka',
  'kafka.strimzi.io/KafkaNodePool',
  'kafka.strimzi.io/KafkaTopic',
  'postgresql.cnpg.io/Cluster',
  'snapshot.storage.k8s.io/VolumeSnapshot',
  'snapshot.storage.k8s.io/VolumeSnapshotContent',
]);
