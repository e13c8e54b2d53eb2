/** A version of a core kind that Kubernetes no longer serves. */
export interface RemovedVersion {
  readonly apiVersion: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** The first release of Kubernetes without it, e.g. `1.25`. */
  readonly removedIn: string;
  /** What to write instead; absent where nothing takes its place. */
  readonly replacement?: string;
}

type Row = readonly [kinds: string, apiVersions: string, removedIn: string, replacement?: string];

const FLOW_CONTROL = 'flowcontrol.apiserver.k8s.io/v1';

/** `Kind/plural`, a `*` before kinds of the cluster. From the deprecation guide of Kubernetes. */
const ROWS: readonly Row[] = [
  ['Deployment/deployments', 'extensions/v1beta1 apps/v1beta1 apps/v1beta2', '1.16', 'apps/v1'],
  ['StatefulSet/statefulsets', 'apps/v1beta1 apps/v1beta2', '1.16', 'apps/v1'],
  ['DaemonSet/daemonsets ReplicaSet/replicasets', 'extensions/v1beta1 apps/v1beta2', '1.16', 'apps/v1'],
  ['ControllerRevision/controllerrevisions', 'apps/v1beta1 apps/v1beta2', '1.16', 'apps/v1'],
  ['NetworkPolicy/networkpolicies', 'extensions/v1beta1', '1.16', 'networking.k8s.io/v1'],
  ['*PodSecurityPolicy/podsecuritypolicies', 'extensions/v1beta1', '1.16'],
  ['Ingress/ingresses', 'extensions/v1beta1 networking.k8s.io/v1beta1', '1.22', 'networking.k8s.io/v1'],
  ['*IngressClass/ingressclasses', 'networking.k8s.io/v1beta1', '1.22', 'networking.k8s.io/v1'],
  [
    '*MutatingWebhookConfiguration/mutatingwebhookconfigurations *ValidatingWebhookConfiguration/validatingwebhookconfigurations',
    'admissionregistration.k8s.io/v1beta1',
    '1.22',
    'admissionregistration.k8s.io/v1',
  ],
  [
    '*CustomResourceDefinition/customresourcedefinitions',
    'apiextensions.k8s.io/v1beta1',
    '1.22',
    'apiextensions.k8s.io/v1',
  ],
  ['*APIService/apiservices', 'apiregistration.k8s.io/v1beta1', '1.22', 'apiregistration.k8s.io/v1'],
  [
    '*CertificateSigningRequest/certificatesigningrequests',
    'certificates.k8s.io/v1beta1',
    '1.22',
    'certificates.k8s.io/v1',
  ],
  ['Lease/leases', 'coordination.k8s.io/v1beta1', '1.22', 'coordination.k8s.io/v1'],
  [
    '*ClusterRole/clusterroles *ClusterRoleBinding/clusterrolebindings Role/roles RoleBinding/rolebindings',
    'rbac.authorization.k8s.io/v1alpha1 rbac.authorization.k8s.io/v1beta1',
    '1.22',
    'rbac.authorization.k8s.io/v1',
  ],
  [
    '*PriorityClass/priorityclasses',
    'scheduling.k8s.io/v1alpha1 scheduling.k8s.io/v1beta1',
    '1.22',
    'scheduling.k8s.io/v1',
  ],
  [
    '*CSIDriver/csidrivers *CSINode/csinodes *StorageClass/storageclasses *VolumeAttachment/volumeattachments',
    'storage.k8s.io/v1beta1',
    '1.22',
    'storage.k8s.io/v1',
  ],
  ['CronJob/cronjobs', 'batch/v1beta1', '1.25', 'batch/v1'],
  ['EndpointSlice/endpointslices', 'discovery.k8s.io/v1beta1', '1.25', 'discovery.k8s.io/v1'],
  ['Event/events', 'events.k8s.io/v1beta1', '1.25', 'events.k8s.io/v1'],
  ['HorizontalPodAutoscaler/horizontalpodautoscalers', 'autoscaling/v2beta1', '1.25', 'autoscaling/v2'],
  ['PodDisruptionBudget/poddisruptionbudgets', 'policy/v1beta1', '1.25', 'policy/v1'],
  ['*PodSecurityPolicy/podsecuritypolicies', 'policy/v1beta1', '1.25'],
  ['*RuntimeClass/runtimeclasses', 'node.k8s.io/v1beta1', '1.25', 'node.k8s.io/v1'],
  ['HorizontalPodAutoscaler/horizontalpodautoscalers', 'autoscaling/v2beta2', '1.26', 'autoscaling/v2'],
  ['CSIStorageCapacity/csistoragecapacities', 'storage.k8s.io/v1beta1', '1.27', 'storage.k8s.io/v1'],
  [
    '*FlowSchema/flowschemas *PriorityLevelConfiguration/prioritylevelconfigurations',
    'flowcontrol.apiserver.k8s.io/v1beta1',
    '1.26',
    FLOW_CONTROL,
  ],
  [
    '*FlowSchema/flowschemas *PriorityLevelConfiguration/prioritylevelconfigurations',
    'flowcontrol.apiserver.k8s.io/v1beta2',
    '1.29',
    FLOW_CONTROL,
  ],
  [
    '*FlowSchema/flowschemas *PriorityLevelConfiguration/prioritylevelconfigurations',
    'flowcontrol.apiserver.k8s.io/v1beta3',
    '1.32',
    FLOW_CONTROL,
  ],
];

/** Versions of core kinds that Kubernetes no longer serves, in the order in which they went. */
export const REMOVED_VERSIONS: readonly RemovedVersion[] = ROWS.flatMap(
  ([kinds, apiVersions, removedIn, replacement]) =>
    kinds
      .split(' ')
      .flatMap((text) =>
        apiVersions.split(' ').map((apiVersion) => removed(text, apiVersion, removedIn, replacement)),
      ),
);

function removed(
  text: string,
  apiVersion: string,
  removedIn: string,
  replacement: string | undefined,
): RemovedVersion {
  const [kind, plural] = text.replace('*', '').split('/') as [string, string];
  return {
    apiVersion,
    kind,
    plural,
    namespaced: !text.startsWith('*'),
    removedIn,
    ...(replacement && { replacement }),
  };
}
