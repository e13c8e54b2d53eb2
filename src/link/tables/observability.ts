import { below, type ReferenceTable, rows, type ShortRow } from './row';
import { claim, configMapKey, podParts, secret, secretKey, soft } from './shapes';

const mutualTls: readonly ShortRow[] = [
  secretKey('certificateAuthorityCertificate.secret'),
  configMapKey('certificateAuthorityCertificate.configMap'),
  secretKey('clientCertificate.certificateSecret'),
  secretKey('clientCertificate.keySecret'),
  secretKey('serverCertificate.certificateSecret'),
  secretKey('serverCertificate.keySecret'),
];

const account = (path: string): ShortRow => [path, 'ServiceAccount', 'start'];
const variables = rows('spec', [secretKey('**.valueFrom.secretKeyRef')]);
const script = rows('spec', [configMapKey('filters[].lua.script')]);

/** The operators of OpenTelemetry, Fluent Bit and Kiali. */
export const observabilityReferences: ReferenceTable = {
  'opentelemetry.io/OpenTelemetryCollector': rows('spec', [
    account('serviceAccount'),
    account('targetAllocator.serviceAccount'),
    ['configmaps[].name', 'ConfigMap', 'start'],
    ...below('targetAllocator.mtls.tls', mutualTls),
    ...below('volumeClaimTemplates[].spec', claim),
    ['ingress.ingressClassName', 'networking.k8s.io/IngressClass', 'runtime'],
    ['ingress.tls[].secretName', 'Secret', 'runtime'],
    ...podParts,
  ]),
  'opentelemetry.io/TargetAllocator': rows('spec', [
    account('serviceAccount'),
    ...below('mtls.tls', mutualTls),
    ...podParts,
  ]),
  'opentelemetry.io/OpAMPBridge': rows('spec', [account('serviceAccount'), ...podParts]),
  // Looked for where the instrumented pods are, which may be in any namespace.
  'opentelemetry.io/Instrumentation': rows('spec', [
    secret('exporter.tls.secretName', soft),
    ['exporter.tls.configMapName', 'ConfigMap', 'start', soft],
  ]),
  'fluentbit.fluent.io/FluentBit': rows('spec', [
    ['fluentBitConfigName', 'fluentbit.fluent.io/ClusterFluentBitConfig', 'start'],
    ...podParts,
  ]),
  'fluentbit.fluent.io/Collector': rows('spec', [
    ['fluentBitConfigName', 'fluentbit.fluent.io/ClusterFluentBitConfig', 'start'],
    ...below('pvc.spec', claim),
    ...podParts,
  ]),
  'fluentbit.fluent.io/Output': variables,
  'fluentbit.fluent.io/Filter': script,
  'kiali.io/Kiali': rows('spec', [
    secret('deployment.custom_secrets[].name'),
    secret('deployment.image_pull_secrets[]', soft),
    ['deployment.priority_class_name', 'scheduling.k8s.io/PriorityClass', 'start'],
    secret('clustering.clusters[].secret_name', soft),
  ]),
};
