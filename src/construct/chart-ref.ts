/**
 * One version of a Helm chart, and where it comes from. `V` are its values; the constants that `fluxwright import`
 * generates know them.
 */
export interface Chart<V = Record<string, unknown>> {
  readonly name: string;
  readonly version: string;
  /** `https://…` for a Helm repository, `oci://…` for the folder of an OCI registry that holds the chart. */
  readonly repository?: string;
  /** Pins an OCI chart to its content, e.g. `sha256:…`. */
  readonly digest?: string;
  /** Carries the type of the values; never set. */
  readonly __values?: V;
}

/** Where a chart comes from, where that is not what its import says. */
export type ChartOverrides = Partial<Pick<Chart, 'repository' | 'version' | 'digest'>>;

/**
 * A chart: an imported one from another place or in another version, or one that nobody imported.
 *
 * @example
 * chart(strimziKafkaOperator, { repository: 'oci://registry.example.com/mirror' });
 * chart({ name: 'podinfo', version: '6.7.1', repository: 'oci://ghcr.io/stefanprodan/charts' });
 */
export function chart<V = Record<string, unknown>>(known: Chart<V>, where: ChartOverrides = {}): Chart<V> {
  return { ...known, ...where };
}
