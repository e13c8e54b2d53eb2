import { check, type Comparison, type RuleSettings, sortFindings } from '../check';
import { rules } from '../check/rules';
import { derive } from '../derive';
import type { ClusterEstate, Estate, EstateObject, FileTree, Finding } from '../estate';
import { kindOf } from '../estate';
import { layout } from '../layout';
import { crdKind, link } from '../link';
import { openRegistry, packageImports, registryWith } from '../schema/registry';
import type { ChartKnowledge, SchemaRegistry } from '../schema/types';
import { cut, type Ordered } from '../units';

/** What a compilation starts from: objects that nobody has looked at yet, and what was wrong on the way here. */
export interface Source {
  readonly estate: Estate;
  readonly findings: readonly Finding[];
  /** Charts that the project makes itself: files for the tree, knowledge for the checks. */
  readonly charts?: readonly {
    readonly files: ReadonlyMap<string, string>;
    readonly knowledge: ChartKnowledge;
  }[];
}

/** What a compilation needs to know besides the estate. */
export interface CompileOptions {
  readonly registry: SchemaRegistry;
  readonly settings: RuleSettings;
  /** What has changed since the committed tree, by cluster; asked once the new tree is known. */
  readonly compare?: (clusters: readonly ClusterEstate[], tree: FileTree) => ReadonlyMap<string, Comparison>;
}

/** A compiled estate: linked, cut into units, laid out, and judged. Nothing is written yet. */
export interface Compiled {
  readonly estate: Estate;
  readonly tree: FileTree;
  readonly findings: readonly Finding[];
  readonly registry: SchemaRegistry;
}

/** The kinds and charts that a project knows: those of its own imports, then those that Fluxwright brings. */
export function projectRegistry(imports: string): SchemaRegistry {
  return openRegistry([imports, packageImports()]);
}

/** From objects to a checked tree of files: link, derive, cut, lay out, check. */
export function compile(source: Source, options: CompileOptions): Compiled {
  const { charts = [] } = source;
  const known = registryWith(options.registry, crdsOf(source.estate));
  const registry = registryWithCharts(
    known,
    charts.map(({ knowledge }) => knowledge),
  );
  const ordered = source.estate.clusters.map((cluster) => order(cluster, registry));
  const clusters = ordered.map(({ cluster }) => cluster);
  const tree: FileTree = new Map([
    ...clusters.flatMap((cluster) => [...layout(cluster)]),
    ...charts.flatMap(chartFiles),
  ]);
  const comparisons = options.compare?.(clusters, tree) ?? new Map();
  const found = check({ clusters: ordered, registry, rules, settings: options.settings, comparisons });
  return { estate: { clusters }, tree, findings: together(source.findings, found), registry };
}

/** What was wrong on the way here, then what the rules found; of an object without a body they found nothing new. */
function together(before: readonly Finding[], found: readonly Finding[]): readonly Finding[] {
  if (before.length === 0) return found;
  const bodiless = new Set(before.filter(({ rule }) => rule === 'not-json').map(keyOf));
  return sortFindings([...before, ...found.filter((finding) => !bodiless.has(keyOf(finding)))]);
}

/** The object that a finding is about. */
function keyOf({ cluster, object }: Finding): string {
  return `${cluster} ${object?.id}`;
}

function order(cluster: ClusterEstate, registry: SchemaRegistry): Ordered {
  const linked = link(cluster, registry);
  const derived = derive(linked);
  const complete =
    derived.length === 0 ? linked : link({ ...linked, objects: [...linked.objects, ...derived] }, registry);
  return cut(complete, registry);
}

/** Flux reads a project's own charts out of the repository: they are in `dist/` beside the clusters. */
function chartFiles({ files, knowledge }: NonNullable<Source['charts']>[number]): [string, string][] {
  return Array.from(files, ([path, text]) => [`charts/${knowledge.name}/${path}`, text]);
}

function registryWithCharts(registry: SchemaRegistry, charts: readonly ChartKnowledge[]): SchemaRegistry {
  if (charts.length === 0) return registry;
  const own = new Map(charts.map((chart) => [chart.name, chart]));
  return {
    kind: (apiVersion, kind) => registry.kind(apiVersion, kind),
    info: (group, kind) => registry.info(group, kind),
    infoOfCrd: (name) => registry.infoOfCrd(name),
    chart: (name, version) => own.get(name) ?? registry.chart(name, version),
  };
}

function crdsOf(estate: Estate): EstateObject['body'][] {
  const objects = estate.clusters.flatMap((cluster) => cluster.objects);
  return objects.filter((object) => kindOf(object) === crdKind).map(({ body }) => body);
}
