/** When an object is as it should be, in CEL, where the conventions of kstatus say it too early or never. */
export interface HealthExpression {
  readonly current: string;
  readonly inProgress?: string;
  readonly failed?: string;
}

/** A condition of that type is true. */
function condition(type: string): HealthExpression {
  return {
    current: `has(status.conditions) && status.conditions.exists(c, c.type == '${type}' && c.status == 'True')`,
  };
}

/** A field of the status has one of these values. */
function field(name: string, current: readonly string[], failed: readonly string[] = []): HealthExpression {
  const is = (values: readonly string[]): string =>
    `has(status.${name}) && ${
      values.length === 1
        ? `status.${name} == '${values[0]}'`
        : `status.${name} in [${values.map((value) => `'${value}'`).join(', ')}]`
    }`;
  return { current: is(current), ...(failed.length === 0 ? {} : { failed: is(failed) }) };
}

function all(kinds: string, expression: HealthExpression): { [kind: string]: HealthExpression } {
  const [group, ...names] = kinds.split(' ');
  return Object.fromEntries(names.map((name) => [`${group}/${name}`, expression]));
}

/** A resource that its operator has not seen yet has no status, which kstatus takes for a good one. */
const ready = condition('Ready');
const readyAndSeen = {
  current: `${ready.current} && has(status.observedGeneration) && status.observedGeneration == metadata.generation`,
};
const green = field('health', ['green']);
const applied = { current: 'has(status.applied) && status.applied' };
const usable = { current: 'has(status.readyToUse) && status.readyToUse' };

const data: { readonly [kind: string]: HealthExpression } = {
  ...all(
    'kafka.strimzi.io Kafka KafkaBridge KafkaConnect KafkaConnector KafkaMirrorMaker2 KafkaTopic KafkaUser',
    readyAndSeen,
  ),
  ...all('access.strimzi.io KafkaAccess', ready),
  ...all('postgresql.cnpg.io Cluster', ready),
  ...all('postgresql.cnpg.io Database DatabaseRole Publication Subscription', applied),
  'postgresql.cnpg.io/Backup': field('phase', ['completed'], ['failed']),
  'postgresql.cnpg.io/Pooler': {
    current:
      "has(status.instances) && status.instances > 0 && (!has(status.phase) || status.phase != 'failed')",
  },
  ...all('registry.apicur.io ApicurioRegistry3', ready),
  ...all('jetstream.nats.io Account Consumer KeyValue ObjectStore Stream', readyAndSeen),
  'elasticsearch.k8s.elastic.co/Elasticsearch': {
    current:
      "has(status.phase) && status.phase == 'Ready' && has(status.health) && status.health in ['green', 'yellow']",
    failed: "has(status.phase) && status.phase == 'Invalid'",
  },
  ...all('kibana.k8s.elastic.co Kibana', green),
  ...all('apm.k8s.elastic.co ApmServer', green),
  ...all('agent.k8s.elastic.co Agent', green),
  ...all('beat.k8s.elastic.co Beat', green),
  ...all('logstash.k8s.elastic.co Logstash', green),
  ...all('maps.k8s.elastic.co ElasticMapsServer', green),
  ...all('enterprisesearch.k8s.elastic.co EnterpriseSearch', green),
  ...all('packageregistry.k8s.elastic.co PackageRegistry', green),
  ...all('flink.apache.org FlinkDeployment FlinkSessionJob', field('lifecycleState', ['STABLE'], ['FAILED'])),
  'flink.apache.org/FlinkBlueGreenDeployment': field('blueGreenState', ['ACTIVE_BLUE', 'ACTIVE_GREEN']),
  'flink.apache.org/FlinkStateSnapshot': field('state', ['COMPLETED'], ['FAILED', 'ABANDONED']),
  // One with a schedule is pending until the first night: that it was taken up is enough.
  'kafka.oso.sh/KafkaBackup': field('phase', ['Pending', 'Running', 'Completed'], ['Failed']),
  ...all('snapshot.storage.k8s.io VolumeSnapshot VolumeSnapshotContent', usable),
  ...all('groupsnapshot.storage.k8s.io VolumeGroupSnapshot VolumeGroupSnapshotContent', usable),
  'velero.io/Backup': field('phase', ['Completed'], ['Failed', 'FailedValidation', 'PartiallyFailed']),
  'velero.io/BackupStorageLocation': field('phase', ['Available']),
  'velero.io/Schedule': field('phase', ['Enabled'], ['FailedValidation']),
};

const platform: { readonly [kind: string]: HealthExpression } = {
  ...all('cert-manager.io Certificate CertificateRequest ClusterIssuer Issuer', ready),
  ...all(
    'external-secrets.io ClusterExternalSecret ClusterSecretStore ExternalSecret PushSecret SecretStore',
    ready,
  ),
  ...all('bitnami.com SealedSecret', condition('Synced')),
  ...all('fluxcd.controlplane.io FluxInstance ResourceSet ResourceSetInputProvider', ready),
  // Programmed would wait for an address too, which a cluster without load balancers never gives.
  ...all('gateway.networking.k8s.io Gateway GatewayClass ListenerSet', condition('Accepted')),
  ...all('keda.sh ScaledJob ScaledObject', ready),
  ...all('monitoring.coreos.com Alertmanager Prometheus PrometheusAgent ThanosRuler', condition('Available')),
  'grafana.integreatly.org/Grafana': {
    current:
      "has(status.stage) && status.stage == 'complete' && has(status.stageStatus) && status.stageStatus == 'success'",
  },
  'flagger.app/Canary': field('phase', ['Initialized', 'Succeeded'], ['Failed']),
};

/** By kind with its group. */
export const healthExpressions: { readonly [kind: string]: HealthExpression } = { ...data, ...platform };
