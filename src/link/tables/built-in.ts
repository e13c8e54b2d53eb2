import type { ClusterInfo, Provided } from '../../estate';

/** What is in every cluster, or is put there by the bootstrap of Flux. */
export function builtIn(info: ClusterInfo): Provided[] {
  const { source, storageClass, decryptionSecret } = info;
  const fromBootstrap: Provided[] = [
    { kind: `source.toolkit.fluxcd.io/${source.kind}`, namespace: source.namespace, name: source.name },
    { kind: 'kustomize.toolkit.fluxcd.io/Kustomization', namespace: 'flux-system', name: 'flux-system' },
    ...(decryptionSecret === undefined
      ? []
      : [{ kind: 'Secret', namespace: 'flux-system', name: decryptionSecret }]),
    ...(storageClass === undefined ? [] : [{ kind: 'storage.k8s.io/StorageClass', name: storageClass }]),
  ];
  return [...always, ...fromBootstrap];
}

const namespaces = ['default', 'kube-system', 'kube-public', 'kube-node-lease', 'flux-system'];
const fluxControllers = [
  'source-controller',
  'kustomize-controller',
  'helm-controller',
  'notification-controller',
];

const always: readonly Provided[] = [
  ...namespaces.map((name) => ({ kind: 'Namespace', name })),
  { kind: 'Service', namespace: 'default', name: 'kubernetes' },
  { kind: 'Service', namespace: 'kube-system', name: 'kube-dns' },
  ...[
    'cluster-admin',
    'admin',
    'edit',
    'view',
    'system:auth-delegator',
    'system:node',
    'system:discovery',
    'system:basic-user',
    'system:public-info-viewer',
    'system:kube-scheduler',
    'system:kube-controller-manager',
    'system:monitoring',
    'system:volume-scheduler',
    'system:persistent-volume-provisioner',
    'system:kube-dns',
    'system:node-proxier',
    'system:service-account-issuer-discovery',
  ].map((name) => ({ kind: 'rbac.authorization.k8s.io/ClusterRole', name })),
  {
    kind: 'rbac.authorization.k8s.io/Role',
    namespace: 'kube-system',
    name: 'extension-apiserver-authentication-reader',
  },
  { kind: 'ConfigMap', namespace: 'kube-system', name: 'extension-apiserver-authentication' },
  ...['system-cluster-critical', 'system-node-critical'].map((name) => ({
    kind: 'scheduling.k8s.io/PriorityClass',
    name,
  })),
  ...['source-controller', 'notification-controller', 'webhook-receiver'].map((name) => ({
    kind: 'Service',
    namespace: 'flux-system',
    name,
  })),
  ...fluxControllers.map((name) => ({ kind: 'ServiceAccount', namespace: 'flux-system', name })),
];

/** Groups whose CRDs the bootstrap of Flux installs. */
export const fluxGroups: ReadonlySet<string> = new Set([
  'helm.toolkit.fluxcd.io',
  'image.toolkit.fluxcd.io',
  'kustomize.toolkit.fluxcd.io',
  'notification.toolkit.fluxcd.io',
  'source.toolkit.fluxcd.io',
]);
