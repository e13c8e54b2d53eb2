import { type ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import { objectName } from './names';
import { Cluster, type NamespaceProps, type PodSecurity } from './cluster';

/** What a chart says of itself. */
export interface FluxChartProps {
  /**
   * The namespace of the chart's objects, made for it in the cluster's unit of Namespaces.
   *
   * @default - none: each object says its own, or is cluster-scoped
   */
  readonly namespace?: string;
  /**
   * The Pod Security level that the namespace enforces.
   *
   * @default - none enforced
   */
  readonly podSecurity?: PodSecurity;
  /**
   * Labels of every object in the chart.
   *
   * @default - none
   */
  readonly labels?: { readonly [key: string]: string };
}

/**
 * One system of a cluster. It becomes one Flux Kustomization and one folder, or two where it also holds custom
 * resources of CRDs that it brings itself.
 *
 * @example
 * class Cache extends FluxChart {
 *   constructor(cluster: Cluster) {
 *     super(cluster, 'cache', { namespace: 'cache' });
 *     new HelmRelease(this, 'redis', { chart: charts.redis, values: { replicas: 3 } });
 *   }
 * }
 */
export class FluxChart extends Chart {
  constructor(scope: Construct, id: string, props: FluxChartProps = {}) {
    super(scope, id, {
      disableResourceNameHashes: true,
      ...(props.namespace === undefined ? {} : { namespace: props.namespace }),
      ...(props.labels === undefined ? {} : { labels: { ...props.labels } }),
    });
    if (props.namespace !== undefined) Cluster.tryOf(this)?.namespace(props.namespace, namespaceProps(props));
  }

  /** Names follow from the ids below the cluster, without a hash: `kafka` and `operator` make `kafka-operator`. */
  override generateObjectName(object: ApiObject): string {
    return objectName(object);
  }
}

/** The labels of a chart's objects are not those of its namespace. */
function namespaceProps({ podSecurity }: FluxChartProps): NamespaceProps {
  return podSecurity === undefined ? {} : { podSecurity };
}
