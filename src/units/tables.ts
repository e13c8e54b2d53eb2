/** When an object is as it should be, in CEL, where the conventions of kstatus say it too early or never. */
export interface HealthExpression {
  readonly current: string;
  readonly inProgress?: string;
  readonly failed?: string;
}

const ready =
  "has(status.conditions) && status.conditions.exists(c, c.type == 'Ready' && c.status == 'True')";
const readyAndSeen = `${ready} && has(status.observedGeneration) && status.observedGeneration == metadata.generation`;

/** By kind with its group. */
export const healthExpressions: { readonly [kind: string]: HealthExpression } = {
  'kafka.strimzi.io/Kafka': { current: readyAndSeen },
  'kafka.strimzi.io/KafkaTopic': { current: readyAndSeen },
  'kafka.strimzi.io/KafkaUser': { current: readyAndSeen },
};

/**
 * Kinds that are as they should be once they are applied: waiting for them by name adds nothing to the
 * `lastAppliedRevision` that dependents look at.
 */
export const readyWhenApplied: ReadonlySet<string> = new Set([
  'ConfigMap',
  'Secret',
  'ServiceAccount',
  'Namespace',
  'rbac.authorization.k8s.io/Role',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/RoleBinding',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
  'storage.k8s.io/StorageClass',
  'scheduling.k8s.io/PriorityClass',
  'networking.k8s.io/IngressClass',
  'networking.k8s.io/NetworkPolicy',
]);

/** Kinds whose deletion deletes data: Flux must not prune them. */
export const holdsData: ReadonlySet<string> = new Set([
  'PersistentVolumeClaim',
  'PersistentVolume',
  'apiextensions.k8s.io/CustomResourceDefinition',
  'kafka.strimzi.io/Kafka',
  'kafka.strimzi.io/KafkaNodePool',
  'kafka.strimzi.io/KafkaTopic',
]);
