export { Cluster, type ClusterProps, type NamespaceProps, type PodSecurity } from './construct/cluster';
export { external } from './construct/external';
export { FluxApp, type FluxAppProps } from './construct/flux-app';
export { FluxChart, type FluxChartProps } from './construct/flux-chart';
export { type CrdPolicy, HelmRelease, type HelmReleaseProps } from './construct/helm-release';
export { ignore } from './construct/ignore';
export { Include } from './construct/include';
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
export { check, type CheckScope, type Comparison, type PreviousObject, type Rule, type RuleSettings, type Violation } from './check';
export * from './estate';
