import { check, type CheckInput, type Rule, type RuleSettings } from '../../src/check';
import { rules } from '../../src/check/rules';
import { Cluster } from '../../src/construct/cluster';
import type { ClusterEstate, ClusterInfo, EstateObject, Finding, Json, JsonObject } from '../../src/estate';
import { kindOf, mapIn, objectId, textIn } from '../../src/estate';
import { crdKind, link } from '../../src/link';
import { openRegistry, packageImports, registryWith } from '../../src/schema/registry';
import { cut, type Ordered } from '../../src/units';
import { parseDocuments } from '../../src/yaml';
import { baseEstate } from './base';

const registry = openRegistry([packageImports()]);

/** An estate that a test may break: YAML by the chart that it is written in, and what the cluster is. */
export interface Draft {
  readonly info: ClusterInfo;
  readonly objects: readonly EstateObject[];
}

/** A cluster as its properties say it, named `test` unless they name it. */
export function clusterInfo(changes: Partial<ClusterInfo> = {}): ClusterInfo {
  return { ...new Cluster(undefined as never, 'test', { profile: 'ha' }).info, ...changes };
}

/** An estate out of YAML, by the name of the chart that it is written in. */
export function draft(charts: { readonly [chart: string]: string }, info: Partial<ClusterInfo> = {}): Draft {
  const objects = Object.entries(charts).flatMap(([chart, yaml]) => objectsOf(yaml, chart));
  return { info: clusterInfo(info), objects };
}

/** The valid estate: no rule finds anything in it. */
export function base(info: Partial<ClusterInfo> = {}): Draft {
  return draft(baseEstate, info);
}

function objectsOf(yaml: string, chart: string): EstateObject[] {
  const { documents, problems } = parseDocuments(yaml, `${chart}.yaml`);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return documents.map(({ body, line }) => objectFrom(body, chart, line));
}

/** One object of a chart, as rendering gives it. */
export function objectFrom(body: JsonObject, chart: string, line = 1): EstateObject {
  const metadata = mapIn(body, 'metadata');
  const [apiVersion = '', kind = ''] = ['apiVersion', 'kind'].map((field) => textIn(body, field));
  const [name = '', namespace] = ['name', 'namespace'].map((field) => textIn(metadata, field));
  const encrypted = textIn(body, 'sops', 'mac') !== undefined;
  return {
    id: objectId(apiVersion, kind, namespace, name),
    apiVersion,
    kind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    body,
    origin: {
      construct: `test/${chart}/${name}`,
      frames: [{ file: `/charts/${chart}.ts`, line, column: 1 }],
    },
    chart,
    ...(encrypted ? { verbatim: JSON.stringify(body) } : {}),
  };
}

/** Further objects, in a chart that may be there already. */
export function add(to: Draft, chart: string, yaml: string): Draft {
  return { ...to, objects: [...to.objects, ...objectsOf(yaml, chart)] };
}

/** The estate without some objects, as `Kind name` or `Kind namespace/name`. */
export function without(from: Draft, ...names: readonly string[]): Draft {
  for (const name of names) found(from, name);
  return { ...from, objects: from.objects.filter((object) => !names.includes(nameOf(object))) };
}

/** The estate with one field of one object set to something else; `undefined` removes it. */
export function set(from: Draft, name: string, path: string, value: Json | undefined): Draft {
  const object = found(from, name);
  const body = changed(object.body, segmentsOf(path), value) as JsonObject;
  const { line } = object.origin.frames[0] ?? { line: 1 };
  const after = objectFrom(body, object.chart, line);
  return { ...from, objects: from.objects.map((one) => (one === object ? after : one)) };
}

function nameOf({ kind, namespace, name }: EstateObject): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function found(from: Draft, name: string): EstateObject {
  const object = from.objects.find((one) => nameOf(one) === name);
  if (!object) throw new Error(`the estate has no ${name}: ${from.objects.map(nameOf).join(', ')}`);
  return object;
}

/** `a.b[0]["c.d"]` as segments. */
function segmentsOf(path: string): (string | number)[] {
  return Array.from(path.matchAll(/\["([^"]+)"\]|\[(\d+)\]|([^.[\]]+)/g), ([, quoted, index, plain]) =>
    index === undefined ? (quoted ?? plain ?? '') : Number(index),
  );
}

function changed(
  value: Json | undefined,
  path: readonly (string | number)[],
  to: Json | undefined,
): Json | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return to;
  if (typeof first === 'number') {
    const list = [...((value ?? []) as readonly Json[])];
    list[first] = changed(list[first], rest, to) as Json;
    return list;
  }
  const { [first]: before, ...others } = (value ?? {}) as { [key: string]: Json };
  const after = changed(before, rest, to);
  return after === undefined ? others : { ...others, [first]: after };
}

/** An estate linked and cut, as rules get it. */
export function ordered({ info, objects }: Draft): Ordered {
  const known = registryWith(
    registry,
    objects.filter((object) => kindOf(object) === crdKind).map(({ body }) => body),
  );
  const cluster: ClusterEstate = { info, objects, references: [], edges: [], units: [] };
  return cut(link(cluster, known), known);
}

/** How a test may have an estate checked. */
export interface CheckOptions {
  readonly rules?: readonly Rule[];
  readonly settings?: RuleSettings;
  /** Further clusters of the same estate. */
  readonly beside?: readonly Draft[];
  /** Changes what rules get, after linking and cutting. */
  readonly adjust?: (ordered: Ordered) => Ordered;
}

/** Everything that the rules find in an estate. */
export function findingsOf(estate: Draft, options: CheckOptions = {}): Finding[] {
  const adjust = options.adjust ?? ((one: Ordered): Ordered => one);
  const clusters = [estate, ...(options.beside ?? [])].map((one) => adjust(ordered(one)));
  const crds = estate.objects.filter((object) => kindOf(object) === crdKind).map(({ body }) => body);
  const input: CheckInput = {
    clusters,
    registry: registryWith(registry, crds),
    rules: options.rules ?? rules,
    settings: options.settings ?? {},
    comparisons: new Map(),
  };
  return check(input);
}

/** The ids of the rules that find something, each once. */
export function firing(estate: Draft, options: CheckOptions = {}): string[] {
  return [...new Set(findingsOf(estate, options).map(({ rule }) => rule))].sort();
}

/** The findings of one rule, each as `object path: message → fix`. */
export function texts(estate: Draft, rule: string, options: CheckOptions = {}): string[] {
  return findingsOf(estate, options)
    .filter((finding) => finding.rule === rule)
    .map(
      ({ object, path, message, fix }) =>
        `${object ? `${object.kind} ${object.name} ` : ''}${path ?? ''}: ${message} → ${fix}`,
    );
}
