import { makes, type ProvidesRow, type ProvidesTable, secretWith } from './row';

/** What cert-manager keeps in the Secret of a certificate. */
const certificate =
  'tls.crt tls.key ca.crt key.der tls-combined.pem keystore.jks truststore.jks keystore.p12 truststore.p12';

/** cert-manager makes the Secrets that an Ingress or Gateway names, where an annotation tells it to. */
const annotated = (name: string): ProvidesRow[] =>
  ['issuer', 'cluster-issuer'].map((issuer) => ({
    ...secretWith(name, certificate),
    when: `metadata.annotations."cert-manager.io/${issuer}"`,
  }));

/** The systems that a platform is made of. */
export const platformProvides: ProvidesTable = {
  // Where it reads from, and the Kustomization that reads it; called as its namespace where nobody says how.
  'fluxcd.controlplane.io/FluxInstance': [
    'source.toolkit.fluxcd.io/GitRepository',
    'source.toolkit.fluxcd.io/OCIRepository',
    'source.toolkit.fluxcd.io/Bucket',
    'kustomize.toolkit.fluxcd.io/Kustomization',
  ].flatMap((kind) => makes(kind, '{spec.sync.name}', 'flux-system')),
  'source.extensions.fluxcd.io/ArtifactGenerator': makes(
    'source.toolkit.fluxcd.io/ExternalArtifact',
    '{spec.artifacts[].name}',
  ),
  'cert-manager.io/Certificate': [secretWith('{spec.secretName}', certificate)],
  'cert-manager.io/Issuer': makes('Secret', '{spec.acme.privateKeySecretRef.name}'),
  'networking.k8s.io/Ingress': annotated('{spec.tls[].secretName}'),
  'gateway.networking.k8s.io/Gateway': [
    ...annotated('{spec.listeners[].tls.certificateRefs[].name}'),
    // Istio: a gateway's Service, and a waypoint's.
    ...makes('Service', '{name}-{spec.gatewayClassName}', '{name}'),
    ...makes('ServiceAccount', '{name}-{spec.gatewayClassName}', '{name}'),
  ],
  'external-secrets.io/ExternalSecret': makes('Secret', '{spec.target.name|name}'),
  'external-secrets.io/ClusterExternalSecret': [
    {
      kind: 'Secret',
      name: '{spec.externalSecretSpec.target.name|spec.externalSecretName|name}',
      namespace: '*',
    },
  ],
  'bitnami.com/SealedSecret': makes('Secret', '{spec.template.metadata.name|name}'),
  'monitoring.coreos.com/Prometheus': makes('Service', 'prometheus-operated'),
  'monitoring.coreos.com/PrometheusAgent': makes('Service', 'prometheus-agent-operated'),
  'monitoring.coreos.com/Alertmanager': makes('Service', 'alertmanager-operated'),
  'monitoring.coreos.com/ThanosRuler': makes('Service', 'thanos-ruler-operated'),
  'grafana.integreatly.org/Grafana': [
    ...makes('Service', '{name}-service'),
    secretWith('{name}-admin-credentials', 'GF_SECURITY_ADMIN_USER GF_SECURITY_ADMIN_PASSWORD'),
    ...makes('ServiceAccount', '{name}-sa'),
    ...makes('PersistentVolumeClaim', '{name}-pvc'),
  ],
  'grafana.integreatly.org/GrafanaServiceAccount': makes('Secret', '{spec.tokens[].secretName}'),
  'opentelemetry.io/OpenTelemetryCollector': [
    ...makes(
      'Service',
      '{name}-collector',
      '{name}-collector-headless',
      '{name}-collector-monitoring',
      '{name}-targetallocator',
    ),
    ...makes('ServiceAccount', '{name}-collector', '{name}-targetallocator'),
  ],
  'opentelemetry.io/TargetAllocator': [
    ...makes('Service', '{name}-targetallocator'),
    ...makes('ServiceAccount', '{name}-targetallocator'),
  ],
  'opentelemetry.io/OpAMPBridge': makes('Service', '{name}-opamp-bridge'),
  'fluentbit.fluent.io/FluentBit': [...makes('Service', '{name}'), ...makes('ServiceAccount', '{name}')],
  'fluentbit.fluent.io/Collector': [...makes('Service', '{name}'), ...makes('ServiceAccount', '{name}')],
  'keda.sh/ScaledObject': makes(
    'autoscaling/HorizontalPodAutoscaler',
    'keda-hpa-{name}',
    '{spec.advanced.horizontalPodAutoscalerConfig.name}',
  ),
  'flagger.app/Canary': [
    ...makes('Service', '{spec.service.name|spec.targetRef.name}'),
    ...makes('Service', '{spec.service.name|spec.targetRef.name}-primary'),
    ...makes('Service', '{spec.service.name|spec.targetRef.name}-canary'),
    ...makes('apps/Deployment', '{spec.targetRef.name}-primary'),
    ...makes('gateway.networking.k8s.io/HTTPRoute', '{spec.service.name|spec.targetRef.name}'),
    ...makes('networking.istio.io/VirtualService', '{spec.service.name|spec.targetRef.name}'),
  ],
  'consul.hashicorp.com/PeeringAcceptor': makes('Secret', '{spec.peer.secret.name}'),
};
