/**
 * What operators make for a custom resource, as names with `{name}` for the resource's own and `{path}` for a
 * field of it. Kinds without a row are closed books: what they may make is `unknown`, not `absent`.
 */
export interface ProvidesRow {
  readonly kind: string;
  /** E.g. `{name}-kafka-bootstrap`, `{spec.secretName}`. Text with a field that is not there gives nothing, `[]` one for each item. */
  readonly name: string;
}

/** By the kind of the resource with its group; an empty list says that it makes nothing that others use. */
export const provides: { readonly [kind: string]: readonly ProvidesRow[] } = {
  'source.extensions.fluxcd.io/ArtifactGenerator': [
    { kind: 'source.toolkit.fluxcd.io/ExternalArtifact', name: '{spec.artifacts[].name}' },
  ],
  'kafka.strimzi.io/Kafka': [
    { kind: 'Service', name: '{name}-kafka-bootstrap' },
    { kind: 'Service', name: '{name}-kafka-brokers' },
    { kind: 'Secret', name: '{name}-cluster-ca-cert' },
    { kind: 'Secret', name: '{name}-clients-ca-cert' },
  ],
  'kafka.strimzi.io/KafkaNodePool': [],
  'kafka.strimzi.io/KafkaTopic': [],
  'kafka.strimzi.io/KafkaUser': [{ kind: 'Secret', name: '{name}' }],
  'cert-manager.io/Certificate': [{ kind: 'Secret', name: '{spec.secretName}' }],
  'cert-manager.io/Issuer': [],
  'cert-manager.io/ClusterIssuer': [],
  'monitoring.coreos.com/Alertmanager': [{ kind: 'Service', name: 'alertmanager-operated' }],
  'monitoring.coreos.com/Prometheus': [{ kind: 'Service', name: 'prometheus-operated' }],
  'monitoring.coreos.com/ThanosRuler': [{ kind: 'Service', name: 'thanos-ruler-operated' }],
};
