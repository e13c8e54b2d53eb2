import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { JsonObject, Provided } from '../estate';
import type { Chart } from './chart-ref';
import { defaults } from './defaults';
import { provides } from './provides';
import { type Endpoint, type SecretKey, secretKey, serviceEndpoint } from './references';
import { chartSource } from './source';

/** What Helm does with the CRDs in a chart's `crds/` folder. */
export type CrdPolicy = 'CreateReplace' | 'Create' | 'Skip';

/** One release of a chart. */
export interface HelmReleaseProps<V> {
  readonly chart: Chart<V>;
  /**
   * Typed where the chart was imported; a value that the chart does not know is an error.
   *
   * @default - the chart's own
   */
  readonly values?: V;
  /**
   * The name that Helm knows the release by.
   *
   * @default - the name of the HelmRelease
   */
  readonly releaseName?: string;
  /** @default - the chart's */
  readonly namespace?: string;
  /**
   * Values out of ConfigMaps and Secrets, over the ones above.
   *
   * @default - none
   */
  readonly valuesFrom?: readonly {
    readonly kind: 'ConfigMap' | 'Secret';
    readonly name: string;
    readonly valuesKey?: string;
    readonly targetPath?: string;
    readonly optional?: boolean;
  }[];
  /** @default 'CreateReplace', at the installation and at every upgrade */
  readonly crds?: CrdPolicy;
  /** @default '10m' */
  readonly timeout?: string;
  /** @default 'warn' */
  readonly driftDetection?: 'enabled' | 'warn' | 'disabled';
  /**
   * What the release brings, where nobody has looked into its chart: Services, Secrets, CRDs that others use.
   *
   * @default - what is known of the chart
   */
  readonly provides?: readonly Provided[];
  /**
   * Any other field of the HelmRelease's `spec`; it wins over all of the above.
   *
   * @default - none
   */
  readonly spec?: JsonObject;
}

/**
 * A Flux HelmRelease, together with the source of its chart.
 *
 * @example
 * const operator = new HelmRelease(this, 'operator', {
 *   chart: charts.strimzi,
 *   values: { watchAnyNamespace: true },
 * });
 */
export class HelmRelease<V = JsonObject> extends ApiObject {
  readonly releaseName: string;

  constructor(scope: Construct, id: string, props: HelmReleaseProps<V>) {
    super(scope, id, {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      ...(props.namespace === undefined ? {} : { metadata: { namespace: props.namespace } }),
      spec: spec(scope, props),
    });
    this.releaseName = props.releaseName ?? this.name;
    provides(this, props.provides ?? []);
  }

  /** Where one of the release's Services answers. */
  endpoint(service: string, port: number): Endpoint {
    return serviceEndpoint(this, service, port);
  }

  /** A key of one of the release's Secrets. */
  secretKey(secret: string, key: string): SecretKey {
    return secretKey(secret, key);
  }
}

function spec<V>(scope: Construct, props: HelmReleaseProps<V>): JsonObject {
  const { interval, retryInterval } = defaults.helmRelease;
  const crds = props.crds ?? 'CreateReplace';
  const strategy = { name: 'RetryOnFailure', retryInterval };
  return {
    interval,
    timeout: props.timeout ?? defaults.helmRelease.timeout,
    ...chartSource(scope, props.chart),
    ...(props.releaseName === undefined ? {} : { releaseName: props.releaseName }),
    install: { crds, strategy },
    upgrade: { crds, strategy },
    driftDetection: { mode: props.driftDetection ?? 'warn' },
    ...(props.valuesFrom === undefined ? {} : { valuesFrom: props.valuesFrom }),
    ...(props.values === undefined ? {} : { values: props.values as unknown as JsonObject }),
    ...props.spec,
  };
}
