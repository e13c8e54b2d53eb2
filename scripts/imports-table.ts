/** A folder of CRDs: which release it is, or why its constructs are not generated here. */
export interface SystemRow {
  readonly version: string;
  readonly excluded?: string;
}

/** A chart folder: where the chart is published, the version where its own file holds a placeholder. */
export interface ChartRow {
  readonly repository: string;
  readonly version?: string;
  readonly excluded?: string;
}

const ELASTIC = 'Elastic License 2.0: import it yourself with `fluxwright import`';
const AGPL = 'AGPL-3.0: import it yourself with `fluxwright import`';
const MPL = 'MPL-2.0: import it yourself with `fluxwright import`';

/** The systems whose CRDs are imported. */
export const SYSTEMS: { readonly [folder: string]: SystemRow } = {
  'apicurio-registry': { version: '3.3.1' },
  'barman-cloud': { version: '0.14.0' },
  'cert-manager': { version: '1.21.1' },
  'chaos-mesh': { version: '2.8.3' },
  'cloudnative-pg': { version: '1.30.0' },
  consul: { version: '2.0.3', excluded: MPL },
  eck: { version: '3.5.0', excluded: ELASTIC },
  'envoy-gateway': { version: '1.9.0' },
  'external-secrets': { version: '2.9.0' },
  flagger: { version: '1.44.0' },
  flink: { version: '1.15.0' },
  'fluent-operator': { version: '3.10.0' },
  flux: { version: '2.9.4' },
  'flux-operator': { version: '0.58.1', excluded: AGPL },
  'gateway-api': { version: '1.6.1' },
  'grafana-operator': { version: '5.24.0' },
  istio: { version: '1.30.3' },
  'k6-operator': { version: '1.6.0' },
  k8up: { version: '2.15.0' },
  'kafka-backup-operator': { version: '1.2.1' },
  keda: { version: '2.20.2' },
  kiali: { version: '2.29.0' },
  kyverno: { version: '1.19.0' },
  nack: { version: '0.23.0' },
  'opentelemetry-operator': { version: '0.158.0' },
  'prometheus-operator': { version: '0.93.0' },
  'sealed-secrets': { version: '0.38.4' },
  strimzi: { version: '1.2.0' },
  velero: { version: '1.18.2' },
  'volume-snapshots': { version: '8.6.0' },
};

const NATS = 'https://nats-io.github.io/k8s/helm/charts/';
const CNPG = 'https://cloudnative-pg.github.io/charts';
const ECK = 'https://helm.elastic.co';
const INFLUX = 'https://helm.influxdata.com/';
const PROMETHEUS = 'oci://ghcr.io/prometheus-community/charts';
const ISTIO = { repository: 'https://istio-release.storage.googleapis.com/charts', version: '1.30.3' };
const OPEN_TELEMETRY = 'https://open-telemetry.github.io/opentelemetry-helm-charts';
const GRAFANA = 'oci://ghcr.io/grafana-community/helm-charts';
const KIALI = 'https://kiali.org/helm-charts';
const FLUX_OPERATOR = 'oci://ghcr.io/controlplaneio-fluxcd/charts';

/** The charts that are imported. */
export const CHARTS: { readonly [folder: string]: ChartRow } = {
  'cert-manager': { repository: 'oci://quay.io/jetstack/charts', version: 'v1.21.1' },
  'chaos-mesh': { repository: 'https://charts.chaos-mesh.org', version: '2.8.3' },
  cilium: { repository: 'oci://quay.io/cilium/charts' },
  'cloudnative-pg': { repository: CNPG },
  'cnpg-cluster': { repository: CNPG },
  consul: { repository: 'https://helm.releases.hashicorp.com' },
  coredns: { repository: 'oci://ghcr.io/coredns/charts' },
  'eck-elasticsearch': { repository: ECK, excluded: ELASTIC },
  'eck-kibana': { repository: ECK, excluded: ELASTIC },
  'eck-operator': { repository: ECK, excluded: ELASTIC },
  'eck-operator-crds': { repository: ECK, excluded: ELASTIC },
  'eck-stack': { repository: ECK, excluded: ELASTIC },
  'envoy-gateway-helm': { repository: 'oci://docker.io/envoyproxy', version: 'v1.9.0' },
  'external-secrets': { repository: 'oci://ghcr.io/external-secrets/charts' },
  flagger: { repository: 'oci://ghcr.io/fluxcd/charts' },
  'flagger-loadtester': { repository: 'https://flagger.app' },
  'flink-kubernetes-operator': {
    repository: 'https://archive.apache.org/dist/flink/flink-kubernetes-operator-1.15.0/',
  },
  'fluent-bit': { repository: 'oci://ghcr.io/fluent/helm-charts' },
  'fluent-operator': { repository: 'https://fluent.github.io/helm-charts' },
  'flux-instance': { repository: FLUX_OPERATOR, excluded: AGPL },
  'flux-operator': { repository: FLUX_OPERATOR, excluded: AGPL },
  flux2: { repository: 'https://fluxcd-community.github.io/helm-charts' },
  grafana: { repository: GRAFANA },
  'grafana-operator': { repository: 'oci://ghcr.io/grafana/helm-charts' },
  influxdb2: { repository: INFLUX },
  'influxdb3-core': { repository: INFLUX },
  'istio-base': ISTIO,
  'istio-cni': ISTIO,
  'istio-gateway': ISTIO,
  istiod: ISTIO,
  jaeger: { repository: 'https://jaegertracing.github.io/helm-charts' },
  'k6-operator': { repository: 'https://grafana.github.io/helm-charts' },
  k8up: { repository: 'https://k8up-io.github.io/k8up' },
  'kafka-backup-operator': { repository: 'https://osodevops.github.io/helm-charts/' },
  keda: { repository: 'https://kedacore.github.io/charts' },
  'kiali-operator': { repository: KIALI },
  'kiali-server': { repository: KIALI },
  'kube-prometheus-stack': { repository: PROMETHEUS },
  kyverno: { repository: 'oci://ghcr.io/kyverno/charts' },
  loki: { repository: GRAFANA },
  'metrics-server': { repository: 'https://kubernetes-sigs.github.io/metrics-server/' },
  nack: { repository: NATS },
  nats: { repository: NATS },
  'opentelemetry-collector': { repository: OPEN_TELEMETRY },
  'opentelemetry-operator': { repository: OPEN_TELEMETRY },
  'plugin-barman-cloud': { repository: CNPG },
  'prometheus-elasticsearch-exporter': { repository: PROMETHEUS },
  'prometheus-kafka-exporter': { repository: PROMETHEUS },
  'prometheus-nats-exporter': { repository: PROMETHEUS },
  'prometheus-operator-crds': { repository: PROMETHEUS },
  reloader: { repository: 'oci://ghcr.io/stakater/charts' },
  'sealed-secrets': { repository: 'https://bitnami.github.io/sealed-secrets' },
  'snapshot-controller': { repository: 'https://piraeus.io/helm-charts/' },
  'strimzi-kafka-operator': { repository: 'oci://quay.io/strimzi-helm', version: '1.2.0' },
  surveyor: { repository: NATS },
  tempo: { repository: GRAFANA },
  velero: { repository: 'https://vmware-tanzu.github.io/helm-charts' },
  'victoria-logs-single': { repository: 'oci://ghcr.io/victoriametrics/helm-charts' },
  zot: { repository: 'oci://ghcr.io/project-zot/helm-charts' },
  ztunnel: ISTIO,
};
