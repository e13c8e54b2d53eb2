import { below, type KindFields, type ReferenceTable, rows, type ShortRow } from './row';
import { claim, configMapKey, near, secretKey, volume } from './shapes';

/** What the containers of a pod refer to. */
const container: readonly ShortRow[] = [
  configMapKey('env[].valueFrom.configMapKeyRef'),
  secretKey('env[].valueFrom.secretKeyRef'),
  ['envFrom[].configMapRef.name', 'ConfigMap', 'start'],
  ['envFrom[].secretRef.name', 'Secret', 'start'],
];

/** What a pod refers to. */
const pod: readonly ShortRow[] = [
  ['serviceAccountName', 'ServiceAccount', 'start'],
  ['imagePullSecrets[].name', 'Secret', 'start', { optional: true }],
  ['priorityClassName', 'scheduling.k8s.io/PriorityClass', 'start'],
  ['runtimeClassName', 'node.k8s.io/RuntimeClass', 'start'],
  ...below('containers[]', container),
  ...below('initContainers[]', container),
  ...below('ephemeralContainers[]', container),
  ...below('volumes[]', volume),
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

const device: ShortRow = ['deviceClassName', 'resource.k8s.io/DeviceClass', 'start', { optional: true }];
const devices = [
  ...below('devices.requests[].exactly', [device]),
  ...below('devices.requests[].firstAvailable[]', [device]),
];

const backend: readonly ShortRow[] = [
  ['service.name', 'Service', 'runtime'],
  ['resource.name', { kind: 'kind', group: 'apiGroup', otherwise: 'Service' }, 'runtime'],
];

/** The Secrets of a CSI driver, for what it does with a volume. */
const driverSecret = ['controllerExpand', 'controllerPublish', 'nodeExpand', 'nodePublish', 'nodeStage'].map(
  (step): ShortRow => [`csi.${step}SecretRef.name`, 'Secret', 'start', near],
);

const webhook: readonly ShortRow[] = [['webhooks[].clientConfig.service.name', 'Service', 'runtime', near]];

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
    ...rows('spec.volumeClaimTemplates[].spec', claim),
  ],
  'batch/Job': template,
  'batch/CronJob': rows('spec.jobTemplate.spec.template.spec', pod),
  ServiceAccount: rows('', [
    ['imagePullSecrets[].name', 'Secret', 'start', { optional: true }],
    ['secrets[].name', 'Secret', 'start', { optional: true }],
  ]),
  // The token of a ServiceAccount, in the form that does not expire.
  Secret: rows('metadata.annotations', [['"kubernetes.io/service-account.name"', 'ServiceAccount', 'start']]),
  PersistentVolumeClaim: rows('spec', claim),
  PersistentVolume: rows('spec', [
    ['storageClassName', 'storage.k8s.io/StorageClass', 'start', { optional: true }],
    ['claimRef.name', 'PersistentVolumeClaim', 'runtime', { namespace: 'namespace', optional: true }],
    ...driverSecret,
  ]),
  'networking.k8s.io/Ingress': rows('spec', [
    ['ingressClassName', 'networking.k8s.io/IngressClass', 'runtime'],
    ['tls[].secretName', 'Secret', 'runtime'],
    ...below('defaultBackend', backend),
    ...below('rules[].http.paths[].backend', backend),
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
  'apiregistration.k8s.io/APIService': rows('spec', [['service.name', 'Service', 'runtime', near]]),
  'apiextensions.k8s.io/CustomResourceDefinition': rows('spec', [
    ['conversion.webhook.clientConfig.service.name', 'Service', 'admission', near],
  ]),
  'resource.k8s.io/ResourceClaim': rows('spec', devices),
  'resource.k8s.io/ResourceClaimTemplate': rows('spec.spec', devices),
};
