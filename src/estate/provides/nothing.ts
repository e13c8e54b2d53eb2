/** Kinds that make nothing that others use, by their group. */
const quiet: { readonly [group: string]: string } = {
  'kafka.strimzi.io': 'KafkaConnector KafkaNodePool KafkaRebalance KafkaTopic',
  'postgresql.cnpg.io':
    'Backup ClusterImageCatalog Database FailoverQuorum ImageCatalog Publication ScheduledBackup Subscription',
  'barmancloud.cnpg.io': 'ObjectStore',
  'jetstream.nats.io': 'Account Consumer KeyValue ObjectStore',
  'flink.apache.org': 'FlinkSessionJob FlinkStateSnapshot',
  'kafka.oso.sh': 'KafkaBackup KafkaBackupValidation KafkaOffsetReset KafkaOffsetRollback KafkaRestore',
  'autoscaling.k8s.elastic.co': 'ElasticsearchAutoscaler',
  'beat.k8s.elastic.co': 'Beat',
  'stackconfigpolicy.k8s.elastic.co': 'StackConfigPolicy',
  'cert-manager.io': 'CertificateRequest ClusterIssuer',
  'external-secrets.io': 'ClusterPushSecret ClusterSecretStore PushSecret SecretStore',
  'generators.external-secrets.io':
    'ACRAccessToken BeyondtrustWorkloadCredentialsDynamicSecret CloudsmithAccessToken ClusterGenerator ' +
    'ECRAuthorizationToken Fake GCRAccessToken GithubAccessToken GitlabDeployToken Grafana MFA Password ' +
    'QuayAccessToken SSHKey STSSessionToken UUID VaultDynamicSecret Webhook',
  'monitoring.coreos.com': 'AlertmanagerConfig PodMonitor Probe PrometheusRule ScrapeConfig ServiceMonitor',
  'grafana.integreatly.org':
    'GrafanaAlertRuleGroup GrafanaContactPoint GrafanaDashboard GrafanaDatasource GrafanaFolder ' +
    'GrafanaLibraryPanel GrafanaMuteTiming GrafanaNotificationPolicy GrafanaNotificationPolicyRoute ' +
    'GrafanaNotificationTemplate',
  'opentelemetry.io': 'Instrumentation',
  'fluentbit.fluent.io':
    'ClusterFilter ClusterFluentBitConfig ClusterInput ClusterMultilineParser ClusterOutput ClusterParser ' +
    'Filter FluentBitConfig MultilineParser Output Parser',
  'keda.sh': 'ClusterTriggerAuthentication ScaledJob TriggerAuthentication',
  'eventing.keda.sh': 'CloudEventSource ClusterCloudEventSource',
  'flagger.app': 'AlertProvider MetricTemplate',
  'k6.io': 'PrivateLoadZone TestRun',
  'k8up.io': 'Archive Backup Check PodConfig PreBackupPod Prune Schedule Snapshot',
  'velero.io': 'Backup BackupRepository BackupStorageLocation Schedule VolumeSnapshotLocation',
  'networking.istio.io':
    'DestinationRule EnvoyFilter Gateway ProxyConfig ServiceEntry Sidecar VirtualService WorkloadEntry WorkloadGroup',
  'security.istio.io': 'AuthorizationPolicy PeerAuthentication RequestAuthentication',
  'telemetry.istio.io': 'Telemetry',
  'extensions.istio.io': 'TrafficExtension WasmPlugin',
  'gateway.envoyproxy.io':
    'Backend BackendTrafficPolicy ClientTrafficPolicy EnvoyExtensionPolicy EnvoyPatchPolicy EnvoyProxy ' +
    'HTTPRouteFilter SecurityPolicy',
  'chaos-mesh.org':
    'AWSChaos AzureChaos BlockChaos DNSChaos GCPChaos HTTPChaos IOChaos JVMChaos KernelChaos NetworkChaos ' +
    'PhysicalMachine PhysicalMachineChaos PodChaos RemoteCluster Schedule StatusCheck StressChaos TimeChaos Workflow',
  'policies.kyverno.io':
    'DeletingPolicy ImageValidatingPolicy MutatingPolicy NamespacedDeletingPolicy NamespacedImageValidatingPolicy ' +
    'NamespacedMutatingPolicy NamespacedValidatingPolicy PolicyException ValidatingPolicy',
  'fluxcd.controlplane.io': 'FluxReport ResourceSetInputProvider',
  'consul.hashicorp.com':
    'ControlPlaneRequestLimit ExportedServices IngressGateway JWTProvider Mesh PeeringDialer ProxyDefaults ' +
    'SamenessGroup ServiceDefaults ServiceIntentions ServiceResolver ServiceRouter ServiceSplitter',
};

/** The kinds with their groups. */
export const makesNothing: readonly string[] = Object.entries(quiet).flatMap(([group, kinds]) =>
  kinds.split(' ').map((kind) => `${group}/${kind}`),
);

/** Kinds whose objects make whatever somebody wrote into them, under any name in any namespace. */
export const makesAnything: ReadonlySet<string> = new Set([
  'fluxcd.controlplane.io/ResourceSet',
  'policies.kyverno.io/GeneratingPolicy',
  'policies.kyverno.io/NamespacedGeneratingPolicy',
]);
