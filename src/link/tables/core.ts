import { type KindFields, type ReferenceTable, rows, type ShortRow } from './row';

/** What the containers of a pod refer to. */
const container: readonly ShortRow[] = [
  ['env[].valueFrom.configMapKeyRef.name', 'ConfigMap', 'start', { key: 'key' }],
  ['env[].valueFrom.secretKeyRef.name', 'Secret', 'start', { key: 'key' }],
  ['envFrom[].configMapRef.name', 'ConfigMap', 'start'],
  ['envFrom[].secretRef.name', 'Secret', 'start'],
];

const claimTemplate: readonly ShortRow[] = [
  ['storageClassName', 'storage.k8s.io/StorageClass', 'start'],
  ['volumeName', 'PersistentVolume', 'start'],
  ['dataSource.name', { kind: 'kind', group: 'apiGroup', otherwise: 'PersistentVolumeClaim' }, 'start'],
];

const below = (prefix: string, short: readonly ShortRow[]): ShortRow[] =>
  short.map(([where, ...rest]) => [`${prefix}.${where}`, ...rest] as ShortRow);

/** What a pod refers to. */
export const pod: readonly ShortRow[] = [
  ['serviceAccountName', 'ServiceAccount', 'start'],
  ['imagePullSecrets[].name', 'Secret', 'start', { optional: true }],
  ['priorityClassName', 'scheduling.k8s.io/PriorityClass', 'start'],
  ['runtimeClassName', 'node.k8s.io/RuntimeClass', 'start'],
  ...below('containers[]', container),
  ...below('initContainers[]', container),
  ...below('ephemeralContainers[]', container),
  ['volumes[].configMap.name', 'ConfigMap', 'start'],
  ['volumes[].secret.secretName', 'Secret', 'start'],
  ['volumes[].persistentVolumeClaim.claimName', 'PersistentVolumeClaim', 'start'],
  ['volumes[].csi.nodePublishSecretRef.name', 'Secret', 'start'],
  ['volumes[].projected.sources[].configMap.name', 'ConfigMap', 'start'],
  ['volumes[].projected.sources[].secret.name', 'Secret', 'start'],
  ...below('volumes[].ephemeral.volumeClaimTemplate.spec', claimTemplate),
  ['resourceClaims[].resourceClaimName', 'resource.k8s.io/ResourceClaim', 'start'],
  ['resourceClaims[].resourceClaimTemplateName', 'resource.k8s.io/ResourceClaimTemplate', 'start'],
];

const role: KindFields = { kind: 'kind', group: 'apiGroup', otherwise: 'rbac.authorization.k8s.io/Role' };
const subject: KindFields = { kind: 'kind', group: 'apiGroup', otherwise: 'ServiceAccount' };
const scaled: KindFields = { kind: 'kind', group: 'apiVersion', otherwise: 'apps/Deployment' };

const binding: readonly ShortRow[] = [
  ['roleRef.name', role, 'runtime'],
  ['subjects[].name', subject, 'runtime', { namespace: 'namespace', optional: true }],
];

const webhook: readonly ShortRow[] = [
  ['webhooks[].clientConfig.service.name', 'Service', 'runtime', { namespace: 'namespace' }],
];

const template = rows('spec.template.spec', pod);

/** The fields of Kubernetes' own kinds that name other objects. */
export const coreReferences: ReferenceTable = {
  Pod: rows('spec', pod),
  PodTemplate: rows('template.spec', pod),
  ReplicationController: template,
  'apps/Deployment': template,
  'apps/DaemonSet': template,
  'apps/ReplicaSet': template,
  'apps/StatefulSet': [
    ...template,
    ...rows('spec', [['serviceName', 'Service', 'runtime']]),
    ...rows('spec.volumeClaimTemplates[].spec', claimTemplate),
  ],
  'batch/Job': template,
  'batch/CronJob': rows('spec.jobTemplate.spec.template.spec', pod),
  ServiceAccount: rows('', [
    ['imagePullSecrets[].name', 'Secret', 'start', { optional: true }],
    ['secrets[].name', 'Secret', 'start', { optional: true }],
  ]),
  PersistentVolumeClaim: rows('spec', claimTemplate),
  PersistentVolume: rows('spec', [
    ['storageClassName', 'storage.k8s.io/StorageClass', 'start', { optional: true }],
    ['claimRef.name', 'PersistentVolumeClaim', 'runtime', { namespace: 'namespace', optional: true }],
    ['csi.nodePublishSecretRef.name', 'Secret', 'start', { namespace: 'namespace' }],
  ]),
  'networking.k8s.io/Ingress': rows('spec', [
    ['ingressClassName', 'networking.k8s.io/IngressClass', 'runtime'],
    ['tls[].secretName', 'Secret', 'runtime'],
    ['defaultBackend.service.name', 'Service', 'runtime'],
    ['rules[].http.paths[].backend.service.name', 'Service', 'runtime'],
  ]),
  'rbac.authorization.k8s.io/RoleBinding': rows('', binding),
  'rbac.authorization.k8s.io/ClusterRoleBinding': rows('', binding),
  'autoscaling/HorizontalPodAutoscaler': rows('spec', [
    ['scaleTargetRef.name', scaled, 'runtime'],
    ['metrics[].object.describedObject.name', scaled, 'runtime'],
  ]),
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': rows('', webhook),
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': rows('', webhook),
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': rows('spec', [
    ['policyName', 'admissionregistration.k8s.io/ValidatingAdmissionPolicy', 'runtime'],
  ]),
  'apiregistration.k8s.io/APIService': rows('spec', [
    ['service.name', 'Service', 'runtime', { namespace: 'namespace' }],
  ]),
  'apiextensions.k8s.io/CustomResourceDefinition': rows('spec', [
    ['conversion.webhook.clientConfig.service.name', 'Service', 'admission', { namespace: 'namespace' }],
  ]),
};
