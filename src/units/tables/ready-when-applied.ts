const byGroup: { readonly [group: string]: string } = {
  // A claim may wait for its first pod, which may be in the unit that waits for the claim.
  '': 'ConfigMap Endpoints LimitRange Namespace PersistentVolumeClaim ResourceQuota Secret ServiceAccount',
  'admissionregistration.k8s.io':
    'MutatingWebhookConfiguration ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ' +
    'ValidatingWebhookConfiguration',
  'discovery.k8s.io': 'EndpointSlice',
  'networking.k8s.io': 'IngressClass NetworkPolicy',
  'node.k8s.io': 'RuntimeClass',
  policy: 'PodDisruptionBudget',
  'rbac.authorization.k8s.io': 'ClusterRole ClusterRoleBinding Role RoleBinding',
  'resource.k8s.io': 'DeviceClass ResourceClaimTemplate',
  'scheduling.k8s.io': 'PriorityClass',
  'storage.k8s.io': 'CSIDriver StorageClass VolumeAttributesClass',
  'snapshot.storage.k8s.io': 'VolumeSnapshotClass',
  'groupsnapshot.storage.k8s.io': 'VolumeGroupSnapshotClass',
  'gateway.networking.k8s.io':
    'BackendTLSPolicy GRPCRoute HTTPRoute ReferenceGrant TCPRoute TLSRoute UDPRoute',
  'monitoring.coreos.com': 'AlertmanagerConfig PodMonitor Probe PrometheusRule ScrapeConfig ServiceMonitor',
  'networking.istio.io':
    'DestinationRule EnvoyFilter Gateway ProxyConfig ServiceEntry Sidecar VirtualService WorkloadEntry WorkloadGroup',
  'security.istio.io': 'AuthorizationPolicy PeerAuthentication RequestAuthentication',
  'telemetry.istio.io': 'Telemetry',
  'extensions.istio.io': 'TrafficExtension WasmPlugin',
  'keda.sh': 'ClusterTriggerAuthentication TriggerAuthentication',
  'barmancloud.cnpg.io': 'ObjectStore',
  'postgresql.cnpg.io': 'ClusterImageCatalog ImageCatalog ScheduledBackup',
  'generators.external-secrets.io':
    'ACRAccessToken BeyondtrustWorkloadCredentialsDynamicSecret CloudsmithAccessToken ClusterGenerator ' +
    'ECRAuthorizationToken Fake GCRAccessToken GithubAccessToken GitlabDeployToken Grafana MFA Password ' +
    'QuayAccessToken SSHKey STSSessionToken UUID VaultDynamicSecret Webhook',
  'flagger.app': 'AlertProvider MetricTemplate',
  'k8up.io': 'PodConfig PreBackupPod Schedule',
  'velero.io': 'VolumeSnapshotLocation',
  'fluentbit.fluent.io':
    'ClusterFilter ClusterFluentBitConfig ClusterInput ClusterMultilineParser ClusterOutput ClusterParser ' +
    'Filter FluentBitConfig MultilineParser Output Parser',
  'opentelemetry.io': 'Instrumentation',
  'chaos-mesh.org': 'RemoteCluster',
};

/**
 * Kinds that are as they should be once they are applied, or that nobody says more of: waiting for them by name adds
 * nothing to the `lastAppliedRevision` that dependents look at.
 */
export const readyWhenApplied: ReadonlySet<string> = new Set(
  Object.entries(byGroup).flatMap(([group, kinds]) =>
    kinds.split(' ').map((kind) => (group === '' ? kind : `${group}/${kind}`)),
  ),
);
