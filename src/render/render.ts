import { ApiObject, type App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { Cluster } from '../construct/cluster';
import { HelmChart } from '../construct/helm-chart';
import { type ForeignDocument, Include, isEncrypted } from '../construct/include';
import { originOf } from '../construct/origin';
import { providedOf } from '../construct/provides';
import type {
  ClusterEstate,
  ClusterInfo,
  Estate,
  EstateObject,
  Finding,
  JsonObject,
  Memory,
  ObstacleId,
} from '../estate';
import { groupOf, identityOf, isMap, type IsNamespaced, listIn, mapIn } from '../estate';
import { type RenderedBody, renderBody } from './body';
import { lostFields } from './loss';

/** What rendering gives: the objects of every cluster, and what was wrong with single values. */
export interface Rendered {
  readonly estate: Estate;
  readonly findings: readonly Finding[];
  /** The charts that the project makes itself. */
  readonly charts: readonly Pick<HelmChart, 'files' | 'knowledge'>[];
}

/** Turn the tree of constructs into plain data. Every object is rendered once; nothing later touches the tree. */
export function render(app: App, isNamespaced: IsNamespaced, memory?: Memory): Rendered {
  memory?.begin();
  const findings: Finding[] = [];
  const walk: Walk = { findings, isNamespaced, resolvers: hasResolvers(app), memory };
  const named = app.node.children.filter((child) => child instanceof Cluster);
  const loose = app.node.children.filter((child) => !(child instanceof Cluster));
  const clusters = named.map((cluster) => clusterEstate(cluster.info, cluster.node.children, walk));
  if (loose.some(holdsObjects)) clusters.push(clusterEstate(defaultCluster(), loose, walk));
  const charts = app.node.children.filter((child) => child instanceof HelmChart);
  return { estate: { clusters }, findings, charts };
}

interface Walk {
  readonly findings: Finding[];
  readonly isNamespaced: IsNamespaced;
  readonly resolvers: boolean;
  readonly memory: Memory | undefined;
}

/** Charts that stand directly under the app belong to a cluster of this name. */
function defaultCluster(): ClusterInfo {
  return new Cluster(undefined as never, 'default').info;
}

/** cdk8s has three resolvers of its own; a further one may replace any value. */
function hasResolvers(app: App): boolean {
  return app.resolvers.length > 3;
}

function holdsObjects(construct: IConstruct): boolean {
  return (
    ApiObject.isApiObject(construct) ||
    construct instanceof Include ||
    construct.node.children.some(holdsObjects)
  );
}

function clusterEstate(info: ClusterInfo, children: readonly IConstruct[], walk: Walk): ClusterEstate {
  const objects: EstateObject[] = [];
  for (const child of children)
    collect(child, { chart: child.node.id, cluster: info.name, namespace: undefined }, objects, walk);
  return { info, objects, references: [], edges: [], units: [] };
}

interface Place {
  readonly cluster: string;
  readonly chart: string;
  readonly namespace: string | undefined;
}

function collect(construct: IConstruct, place: Place, objects: EstateObject[], walk: Walk): void {
  if (ApiObject.isApiObject(construct)) {
    const object = renderObject(construct, place, walk);
    if (isList(object)) objects.push(...itemsOf(object, walk));
    else objects.push(object);
  }
  if (construct instanceof Include)
    objects.push(...construct.documents.map((document) => foreignObject(construct, document, place)));
  const inner = Chart.isChart(construct) ? placeOf(construct, place) : place;
  for (const child of construct.node.children) collect(child, inner, objects, walk);
}

/** A chart inside a chart is a unit of its own, named after both. */
function placeOf(chart: Chart, outer: Place): Place {
  const scopes = chart.node.scopes;
  const below = scopes.slice(scopes.findIndex((scope) => scope instanceof Cluster) + 1);
  const ids = below.filter((scope) => Chart.isChart(scope)).map((scope) => scope.node.id);
  return { ...outer, chart: ids.join('-').toLowerCase(), namespace: chart.namespace };
}

function renderObject(object: ApiObject, place: Place, walk: Walk): EstateObject {
  const { body, problems } = renderBody(object, walk.resolvers);
  if (problems.length > 0 || object.toJson !== ApiObject.prototype.toJson)
    report(object, body, problems, place, walk);
  const given = (object as unknown as { props: { metadata?: { namespace?: string } } }).props.metadata
    ?.namespace;
  const inherited = given === undefined && object.metadata.namespace !== undefined;
  const clusterScoped = inherited && walk.isNamespaced(groupOf(object.apiVersion), object.kind) === false;
  const clean = clusterScoped ? withoutNamespace(body) : body;
  const provides = providedOf(object);
  const identity = identityOf(clean);
  const recollection = walk.memory?.recollect(place.cluster, identity.id, clean);
  // A literal with spreads in it gives every object a hidden class of its own: each look at a field is slow then.
  return Object.assign(
    identity,
    { origin: originOf(object), chart: place.chart },
    provides.length > 0 && { provides },
    inherited && !clusterScoped && { namespaceInherited: true },
    recollection && { recollection, body: recollection.body },
  );
}

function isList({ kind, apiVersion }: EstateObject): boolean {
  return kind === 'List' && apiVersion === 'v1';
}

/** A `List`, as cdk8s's own Include hands it on, is what it holds: `kubectl` and kustomize read it so. */
function itemsOf(object: EstateObject, { isNamespaced }: Walk): readonly EstateObject[] {
  return listIn(object.body, 'items')
    .filter(isMap)
    .map((item) => {
      const { apiVersion, kind, namespace = object.namespace } = identityOf(item);
      const inherits = namespace !== undefined && isNamespaced(groupOf(apiVersion), kind) !== false;
      const metadata = { ...(inherits ? { namespace } : {}), ...mapIn(item, 'metadata') };
      return { ...object, ...identityOf({ ...item, metadata }) };
    });
}

function report(
  object: ApiObject,
  body: JsonObject,
  problems: RenderedBody['problems'],
  place: Place,
  walk: Walk,
): void {
  const about = {
    cluster: place.cluster,
    object: identityOf(body),
    origin: originOf(object),
    severity: 'error',
  } as const;
  for (const { path, what } of problems) {
    const fix = 'write plain data: strings, finite numbers, booleans, lists and objects';
    walk.findings.push({
      ...about,
      rule: 'not-json' satisfies ObstacleId,
      path,
      message: `${what} is not JSON`,
      fix,
    });
  }
  for (const path of lostFields(object, body)) {
    const message = `${path} was given but is not in what ${object.constructor.name} renders`;
    const fix = 'import the kind again with `fluxwright import`, or use a plain ApiObject for it';
    walk.findings.push({ ...about, rule: 'lost-field' satisfies ObstacleId, path, message, fix });
  }
}

function foreignObject(include: Include, document: ForeignDocument, place: Place): EstateObject {
  const body = document.body as JsonObject;
  const frames = [{ file: document.file, line: document.line, column: 1 }, ...originOf(include).frames];
  return {
    ...identityOf(body),
    origin: { construct: include.node.path, frames },
    chart: place.chart,
    ...(isEncrypted(body) ? { verbatim: document.text } : {}),
  };
}

function withoutNamespace(body: JsonObject): JsonObject {
  const { namespace: _, ...metadata } = body['metadata'] as JsonObject;
  return { ...body, metadata };
}
