import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { check, sortFindings } from '../check';
import { rules } from '../check/rules';
import type { ClusterEstate, Finding, JsonObject } from '../estate';
import { coreGroups, identityOf, kindOf } from '../estate';
import { crdKind } from '../link';
import { registryWith } from '../schema/registry';
import type { SchemaRegistry } from '../schema/types';
import type { Ordered } from '../units';
import { clusterOf, type ForeignCluster } from './cluster';
import { yamlFiles } from './files';
import {
  clusterNames,
  type Entry,
  possibleEntries,
  realEntries,
  repositoryRoot,
  writtenKustomizations,
} from './flux/entries';
import { fluxTree, type FluxTree } from './flux/units';
import type { BuildContext, Remote } from './kustomize/build';
import { plainSets } from './plain';
import { type Evidence, foreignRules, judged } from './judgement';

/** What was looked at, and what is wrong with it. */
export interface ForeignReport {
  readonly findings: readonly Finding[];
  readonly clusters: readonly {
    readonly name: string;
    readonly units: number;
    readonly objects: number;
    /** What nobody could look at. */
    readonly remote: readonly Remote[];
  }[];
}

interface Found extends ForeignCluster {
  readonly remote: readonly Remote[];
}

/** Check YAML that somebody else wrote: a repository that Flux reads, or a folder of manifests. */
export function checkFolder(
  folder: string,
  registry: SchemaRegistry,
  kubernetesVersion?: string,
): ForeignReport {
  const { clusters, findings, isFlux } = clustersIn(folder, registry);
  return judge(clusters, findings, registry, isFlux, kubernetesVersion);
}

/** The clusters that YAML makes, linked and in their order, and the kinds that it brings; nothing is judged. */
export function readFolderEstate(
  folder: string,
  registry: SchemaRegistry,
): { readonly clusters: readonly ClusterEstate[]; readonly registry: SchemaRegistry } {
  const { clusters } = clustersIn(folder, registry);
  const known = registryWith(registry, crdsOf(clusters));
  return { clusters: clusters.map((cluster) => clusterOf(cluster, known).cluster), registry: known };
}

function clustersIn(folder: string, registry: SchemaRegistry): FoundClusters & { readonly isFlux: boolean } {
  const files = statSync(folder).isDirectory() ? yamlFiles(resolve(folder)) : [resolve(folder)];
  const context: BuildContext = {
    isNamespaced: (group, kind) =>
      coreGroups.has(group) ? registry.info(group, kind)?.namespaced : undefined,
  };
  const kustomizations = writtenKustomizations(files);
  const isFlux = kustomizations.length > 0;
  const found = isFlux
    ? fluxClusters(folder, kustomizations, context)
    : plainClusters(resolve(folder), files, context);
  return { ...found, isFlux };
}

interface FoundClusters {
  readonly clusters: readonly Found[];
  readonly findings: readonly Finding[];
}

function fluxClusters(
  folder: string,
  kustomizations: ReturnType<typeof writtenKustomizations>,
  context: BuildContext,
): FoundClusters {
  const root = repositoryRoot(folder, kustomizations);
  const possible = possibleEntries(root, kustomizations);
  const own = new Set([
    'GitRepository/flux-system',
    ...possible.flatMap((entry) => (entry.root ? [entry.root.source] : [])),
  ]);
  const trees = new Map<Entry, FluxTree>(
    possible.map((entry) => [entry, fluxTree(entry.folder, { root, own }, context)]),
  );
  const entries = realEntries(possible, (entry) => trees.get(entry)?.files ?? new Set());
  const names = clusterNames(
    root,
    entries.map((entry) => entry.folder),
  );
  const found = entries.map((entry) => ({
    name: names.get(entry.folder) as string,
    tree: trees.get(entry) as FluxTree,
  }));
  return {
    clusters: found.map(({ name, tree }) => ({ name, units: tree.units, remote: tree.remote })),
    findings: found.flatMap(({ name, tree }) => tree.findings.map((one) => ({ ...one, cluster: name }))),
  };
}

function plainClusters(root: string, files: readonly string[], context: BuildContext): FoundClusters {
  const { sets, findings } = plainSets(existsSync(root) ? root : '.', files, context);
  const clusters = sets.map(({ name, unit, remote }) => ({
    name,
    units: [unit],
    remote,
    defaultNamespace: 'default',
  }));
  return { clusters, findings };
}

function judge(
  clusters: readonly Found[],
  findings: readonly Finding[],
  registry: SchemaRegistry,
  isFlux: boolean,
  kubernetesVersion?: string,
): ForeignReport {
  const known = registryWith(registry, crdsOf(clusters));
  const ordered = clusters.map((cluster) => clusterOf(cluster, known, kubernetesVersion));
  const found = check({
    clusters: ordered,
    registry: known,
    rules: foreignRules(rules),
    settings: {},
    comparisons: new Map(),
  });
  const evidence = evidenceOf(clusters, ordered, known, registry, isFlux);
  return {
    findings: sortFindings([...findings, ...judged(found, evidence)]),
    clusters: clusters.map(({ name, units, remote }) => ({
      name,
      units: units.length,
      objects: units.reduce((sum, { resources }) => sum + resources.length, 0),
      remote,
    })),
  };
}

function crdsOf(clusters: readonly Found[]): JsonObject[] {
  const resources = clusters.flatMap(({ units }) => units.flatMap((unit) => unit.resources));
  return resources.map(({ body }) => body).filter((body) => kindOf(identityOf(body)) === crdKind);
}

function evidenceOf(
  clusters: readonly Found[],
  ordered: readonly Ordered[],
  known: SchemaRegistry,
  registry: SchemaRegistry,
  isFlux: boolean,
): Evidence {
  const bodies = new Map<string, JsonObject>();
  for (const { cluster } of ordered)
    for (const { id, body } of cluster.objects) bodies.set(`${cluster.info.name} ${id}`, body);
  return {
    isFlux,
    unseen: new Map(clusters.map(({ name, remote }) => [name, remote])),
    bodyOf: (cluster, id) => bodies.get(`${cluster} ${id}`),
    bringsCrd: (group, kind) => known.info(group, kind) !== registry.info(group, kind),
  };
}
