export { Cluster, type ClusterProps, type NamespaceProps, type PodSecurity } from './construct/cluster';
export { connects } from './construct/connects';
export { external } from './construct/external';
export { FluxApp, type FluxAppProps } from './construct/flux-app';
export { FluxChart, type FluxChartProps } from './construct/flux-chart';
export { type CrdPolicy, HelmRelease, type HelmReleaseProps } from './construct/helm-release';
export { ignore } from './construct/ignore';
export { Include } from './construct/include';
export { keep } from './construct/keep';
export { provides } from './construct/provides';
export {
  configKey,
  type ConfigKey,
  type Endpoint,
  type FieldKey,
  hostOf,
  namespaceOf,
  podField,
  portOf,
  secretKey,
  type SecretKey,
  serviceEndpoint,
} from './construct/references';
export {
  check,
  type CheckScope,
  type Comparison,
  type PreviousObject,
  type Rule,
  type RuleSettings,
  type Violation,
} from './check';
export * from './estate';
export { chart, type Chart, type ChartOverrides } from './construct/chart-ref';
export { KubeObject, type ObjectProps } from './construct/api-object';
export type { Environment, EnvironmentValue } from './construct/workload/environment';
export type { Peers } from './construct/workload/peers';
export type { Probe, ProbeTiming } from './construct/workload/probe';
export type { Named } from './construct/names';
export { Program } from './construct/workload/program';
export type { ProgramSpec, Replicas } from './construct/workload/program-manifests';
export { StatefulCluster, type StatefulClusterProps } from './construct/workload/stateful-cluster';
export type { Port, Ports, StatefulSpec } from './construct/workload/stateful-manifests';
export { CertificateAuthority, type IssuerReference, type Tls } from './construct/workload/tls';
export { HelmChart, type HelmChartProps, type ProgramValues } from './construct/helm-chart';
