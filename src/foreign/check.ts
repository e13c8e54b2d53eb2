import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { check, sortFindings } from '../check';
import { rules } from '../check/rules';
import type { ClusterEstate, Finding, JsonObject } from '../estate';
import { append, coreGroups, identityOf, isForAnother, kindOf, mapIn, textIn } from '../estate';
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
  unusedEntries,
  writtenKustomizations,
} from './flux/entries';
import { fluxTree, type FluxTree, type FluxUnit } from './flux/units';
import type { BuildContext } from './kustomize/build';
import type { Remote } from './kustomize/resource';
import { plainSets } from './plain';
import { type Evidence, foreignRules, ifUsed, judged, onceEach } from './judgement';

/** What was looked at, and what is wrong with it. */
export interface ForeignReport {
  readonly findings: readonly Finding[];
  readonly clusters: readonly {
    readonly name: string;
    readonly units: number;
    readonly objects: number;
    /** What nobody could look at. */
    readonly remote: readonly Remote[];
    /** Whether nothing leads there. */
    readonly unused?: true;
  }[];
}

interface Found extends ForeignCluster {
  readonly remote: readonly Remote[];
  readonly unused?: true;
  /** Whether another cluster puts things there: releases of its own cannot be told apart. */
  readonly isServed?: true;
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
  const isBuilt = (entry: Entry): boolean => trees.get(entry)?.units.length !== 0;
  const unused = unusedEntries(entries, root, kustomizations, isBuilt);
  const found = entries.map((entry) => {
    const name = names.get(entry.folder) as string;
    if (!unused.has(entry)) return { name, tree: trees.get(entry) as FluxTree };
    return {
      name,
      tree: fluxTree(entry.folder, { root, own, isUnused: true }, context),
      unused: true as const,
    };
  });
  return {
    clusters: found.flatMap(({ name, tree: { units, remote }, ...more }) => [
      { name, units: units.filter((unit) => addressee(unit) === undefined), remote, ...more },
      ...served(name, units),
    ]),
    findings: found.flatMap(({ name, tree }) => tree.findings.map((one) => ({ ...one, cluster: name }))),
  };
}

/** What a cluster applies to others, each called after the Secret or ConfigMap that says how it is reached. */
function served(name: string, units: readonly FluxUnit[]): Found[] {
  const others = new Map<string, FluxUnit[]>();
  for (const unit of units) {
    const other = addressee(unit);
    if (other !== undefined) append(others, `${name}: ${other}`, unit);
  }
  return [...others].map(([other, own]) => ({ name: other, units: own, remote: [], isServed: true }));
}

function addressee({ kustomization }: FluxUnit): string | undefined {
  if (!kustomization || !isForAnother(kustomization)) return undefined;
  const { namespace = '' } = identityOf(kustomization.body);
  const config = mapIn(kustomization.body, 'spec', 'kubeConfig');
  const name = textIn(config, 'secretRef', 'name') ?? textIn(config, 'configMapRef', 'name') ?? '';
  return `${namespace}/${name}`;
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
  const built = findings.map((one) => ({ ...one, severity: ifUsed(one.severity, one, evidence) }));
  return {
    findings: sortFindings([...onceEach(built), ...judged(found, evidence)]),
    clusters: clusters.map(({ name, units, remote, unused }) => ({
      name,
      units: units.length,
      objects: units.reduce((sum, { resources }) => sum + resources.length, 0),
      remote,
      ...(unused && { unused }),
    })),
  };
}

function crdsOf(clusters: readonly Found[]): JsonObject[] {
  const resources = clusters.flatMap(({ units }) => units.flatMap((unit) => unit.resources));
  return resources.map(({ body }) => body).filter((body) => kindOf(identityOf(body)) === crdKind);
}

/** The CRDs of each kind, where they differ: which of them the cluster has only somebody who applies them knows. */
function crdForms(clusters: readonly Found[]): ReadonlyMap<string, ReadonlySet<string>> {
  const forms = new Map<string, Set<string>>();
  for (const { spec } of crdsOf(clusters)) {
    const kind = `${textIn(spec, 'group')}/${textIn(spec, 'names', 'kind')}`;
    forms.set(kind, (forms.get(kind) ?? new Set()).add(JSON.stringify(spec)));
  }
  return forms;
}

/** Whether there may be more in a cluster than what is here. */
function isPartial({ remote, unused, isServed }: Found): boolean {
  return remote.length > 0 || unused === true || isServed === true;
}

function evidenceOf(
  clusters: readonly Found[],
  ordered: readonly Ordered[],
  known: SchemaRegistry,
  registry: SchemaRegistry,
  isFlux: boolean,
): Evidence {
  const forms = crdForms(clusters);
  const bodies = new Map<string, JsonObject>();
  for (const { cluster } of ordered)
    for (const { id, body } of cluster.objects) bodies.set(`${cluster.info.name} ${id}`, body);
  return {
    isFlux,
    unseen: new Set(clusters.filter(isPartial).map(({ name }) => name)),
    unused: new Set(clusters.filter(({ unused }) => unused).map(({ name }) => name)),
    bodyOf: (cluster, id) => bodies.get(`${cluster} ${id}`),
    bringsCrd: (group, kind) =>
      known.info(group, kind) !== registry.info(group, kind) && forms.get(`${group}/${kind}`)?.size === 1,
  };
}
