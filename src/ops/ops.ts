import { defaults, fluxNamespace, rootUnit } from '../construct/defaults';
import type { ClusterInfo, FileTree, JsonObject } from '../estate';
import { toYaml } from '../yaml';
import { type ControllerSettings, fluxSettings } from './flux-settings';

/**
 * What the bootstrap of each cluster needs, relative to the `ops/` folder: Flux's own settings, and the one
 * Kustomization that leads from the bootstrap to the cluster's folder. It waits for nothing.
 */
export function opsTree(clusters: readonly ClusterInfo[]): FileTree {
  return new Map(
    clusters.flatMap((cluster): [string, string][] => [
      [`${cluster.name}/kustomization.yaml`, kustomization({ resources: [fluxNamespace, 'estate.yaml'] })],
      [`${cluster.name}/estate.yaml`, estate(cluster)],
      [`${cluster.name}/${fluxNamespace}/kustomization.yaml`, fluxItself()],
    ]),
  );
}

function kustomization(content: JsonObject): string {
  return toYaml({ apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...content });
}

function fluxItself(): string {
  return kustomization({
    resources: ['gotk-components.yaml', 'gotk-sync.yaml'],
    patches: fluxSettings.map((settings) => ({
      target: { kind: 'Deployment', name: settings.name },
      patch: patch(settings),
    })),
  });
}

function patch({ flags }: ControllerSettings): string {
  return toYaml(
    flags.map((value) => ({ op: 'add', path: '/spec/template/spec/containers/0/args/-', value })),
  );
}

function estate({ source }: ClusterInfo): string {
  const { interval, retryInterval, timeout } = defaults.kustomization;
  const root = {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: 'estate', namespace: fluxNamespace },
    spec: {
      interval,
      retryInterval,
      timeout,
      path: `${source.path}/${rootUnit}`,
      prune: true,
      wait: false,
      sourceRef: { kind: source.kind, name: source.name },
    },
  };
  return [...artifact(source), root].map((object) => toYaml(object)).join('---\n');
}

function artifact(source: ClusterInfo['source']): JsonObject[] {
  if (source.kind !== 'OCIRepository') return [];
  return [
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'OCIRepository',
      metadata: { name: source.name, namespace: source.namespace },
      spec: { interval: '1m', url: source.url ?? '', ref: { tag: 'latest' } },
    },
  ];
}
