import { createHash } from 'node:crypto';
import { ApiObject } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import type { JsonObject } from '../estate';
import type { Chart } from './chart-ref';
import { Cluster } from './cluster';
import { defaults, fluxNamespace } from './defaults';

/** Everything in a HelmRelease's `spec` that says which chart it is. */
export type ChartSource =
  | {
      readonly chartRef: {
        readonly kind: 'OCIRepository';
        readonly name: string;
        readonly namespace: string;
      };
    }
  | { readonly chart: { readonly spec: JsonObject } };

/**
 * The part of a HelmRelease that names its chart. The source that it comes from is made in `flux-system`, once
 * for all releases that use the same.
 */
export function chartSource(scope: Construct, chart: Chart<unknown>): ChartSource {
  const { repository } = chart;
  if (repository === undefined) {
    throw new Error(
      `chart ${chart.name} has no repository: say where it comes from with chart(…, { repository })`,
    );
  }
  if (repository.startsWith('./')) return ownChart(scope, repository);
  return repository.startsWith('oci://')
    ? ociChart(scope, chart, repository)
    : repositoryChart(scope, chart, repository);
}

/** A chart in the Git repository that the cluster is read from. */
function ownChart(scope: Construct, path: string): ChartSource {
  const { kind, name, namespace } = Cluster.of(scope).info.source;
  if (kind !== 'GitRepository') {
    throw new Error(
      `the chart ${path} is not in the cluster's OCI artifact: push it, and give the release chart(…, { repository: 'oci://…' })`,
    );
  }
  const sourceRef = { kind, name, namespace };
  return {
    chart: {
      spec: { chart: path, reconcileStrategy: 'Revision', interval: defaults.source.interval, sourceRef },
    },
  };
}

function ociChart(scope: Construct, chart: Chart<unknown>, repository: string): ChartSource {
  const url = repository.endsWith(`/${chart.name}`)
    ? repository
    : `${repository.replace(/\/$/, '')}/${chart.name}`;
  const name = shared(scope, 'OCIRepository', dnsName(`${chart.name}-${chart.version}`), {
    interval: defaults.source.interval,
    layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
    ref: chart.digest === undefined ? { tag: chart.version } : { digest: chart.digest },
    url,
  });
  return { chartRef: { kind: 'OCIRepository', name, namespace: fluxNamespace } };
}

function repositoryChart(scope: Construct, chart: Chart<unknown>, url: string): ChartSource {
  const name = shared(scope, 'HelmRepository', dnsName(url.replace(/^https?:\/\//, '')), {
    interval: defaults.source.interval,
    url,
  });
  const sourceRef = { kind: 'HelmRepository', name, namespace: fluxNamespace };
  return {
    chart: {
      spec: { chart: chart.name, version: chart.version, interval: defaults.source.interval, sourceRef },
    },
  };
}

/**
 * The source of this kind and content: the one that is there, or a new one. The name follows from the address and
 * version; only where one name would stand for two contents does a hash tell them apart.
 */
function shared(scope: Construct, kind: string, name: string, spec: JsonObject): string {
  const { sources } = Cluster.of(scope);
  const content = JSON.stringify(spec);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 6);
  const taken = sources.node.tryFindChild(`${kind}-${name}`);
  const own = taken && contents.get(taken) !== content ? `${name}-${hash}` : name;
  if (!sources.node.tryFindChild(`${kind}-${own}`)) create(sources, kind, own, spec, content);
  return own;
}

const contents = new WeakMap<IConstruct, string>();

function create(scope: Construct, kind: string, name: string, spec: JsonObject, content: string): void {
  const metadata = { name, namespace: fluxNamespace };
  const source = new ApiObject(scope, `${kind}-${name}`, { apiVersion: sourceApi, kind, metadata, spec });
  contents.set(source, content);
}

const sourceApi = 'source.toolkit.fluxcd.io/v1';

function dnsName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
}
