/**
 * How often Flux looks and how long it waits. Every value is written into `dist/`; this is the only place that
 * they come from.
 */
export const defaults = {
  kustomization: {
    interval: '1h',
    /** Short, because an upgrade that needs a newer CRD is refused by the dry run until that CRD is there. */
    retryInterval: '30s',
    timeout: '5m',
  },
  helmRelease: { interval: '1h', timeout: '10m', retryInterval: '1m' },
  source: { interval: '1h' },
} as const;

/** The namespace that Flux and its objects live in. */
export const fluxNamespace = 'flux-system';

/** The unit with sources and Kustomizations: what the root Kustomization applies. */
export const rootUnit = 'flux-system';

/** The one unit with all Namespaces of a cluster; Flux never prunes it. */
export const namespacesUnit = 'namespaces';
