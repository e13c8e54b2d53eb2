import { INDEX, SCHEMAS, type IndexedKind, type KindFile, type SchemaIndex } from '../schema/files';
import type { ChartKnowledge, KindSchema } from '../schema/types';

/** The file for schemas that share their `defs`, relative to the folder of schemas. */
export function kindFileName(kinds: readonly KindSchema[]): string {
  const { group, plural } = kinds[0]!;
  if (!isOpenApiFamily(kinds)) return `${group}/${plural}.json`;
  const oneGroup = kinds.every((schema) => schema.group === group);
  return oneGroup ? `${group || 'core'}.json` : 'kubernetes.json';
}

/** The module of constructs that a file of schemas belongs to: CRDs of one group share theirs. */
export function moduleOf(file: string): string {
  return file.includes('/') ? file.slice(0, file.indexOf('/')) : file.replace(/\.json$/, '');
}

/** Whether schemas come from an OpenAPI: its definitions have names with dots, those of CRDs never do. */
export function isOpenApiFamily(kinds: readonly KindSchema[]): boolean {
  return Object.keys(kinds[0]!.defs).some((name) => name.includes('.'));
}

/** Schemas that share their `defs`, as a file: a schema a line, so that an upgrade reads well as a diff. */
export function kindFile(kinds: readonly KindSchema[]): string {
  const file: KindFile = {
    kinds: Object.fromEntries(kinds.map((schema) => [`${apiVersionOf(schema)}/${schema.kind}`, schema.root])),
    defs: kinds[0]!.defs,
  };
  return `{\n"kinds": ${lines(file.kinds)},\n"defs": ${lines(file.defs)}\n}\n`;
}

/** The `apiVersion` that objects of a schema have. */
export function apiVersionOf({ group, version }: Pick<KindSchema, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

/** What the index says of schemas that share a file: one entry for each kind. */
export function indexEntries(kinds: readonly KindSchema[]): IndexedKind[] {
  const file = kindFileName(kinds);
  const first = new Map(kinds.map((schema) => [`${schema.group}/${schema.kind}`, schema]));
  return [...first.values()].map(({ group, kind, plural, namespaced, served, unserved }) => ({
    group,
    kind,
    plural,
    namespaced,
    served,
    unserved,
    file,
  }));
}

/** A chart as a file. */
export function chartFile({ defs, objects, judged, ...chart }: ChartKnowledge): string {
  const head = JSON.stringify({ ...chart, values: undefined }).slice(0, -1);
  const rest = [`"values": ${JSON.stringify(chart.values)}`, `"defs": ${lines(defs)}`];
  if (judged) rest.push(`"judged": ${lines(judged)}`);
  if (objects) rest.push(`"objects": [\n${objects.map((object) => JSON.stringify(object)).join(',\n')}\n]`);
  return `${head},\n${rest.join(',\n')}\n}\n`;
}

/** The file of a chart's knowledge, relative to the folder of schemas. */
export function chartFileName(module: string, version: string): string {
  return `charts/${module}-${version}.json`;
}

/** An index with newer entries in place of older ones of the same kinds and charts, sorted. */
export function mergeIndex(older: SchemaIndex, newer: SchemaIndex): SchemaIndex {
  return {
    kinds: merged(older.kinds, newer.kinds, ({ group, kind }) => `${group}/${kind}`),
    charts: merged(older.charts, newer.charts, ({ name, version }) => `${name}/${version}`),
  };
}

/** The index as a file: an entry a line. */
export function indexFile({ kinds, charts }: SchemaIndex): string {
  return `{\n"kinds": ${list(kinds)},\n"charts": ${list(charts)}\n}\n`;
}

/** Where the index is, relative to an imports folder. */
export const INDEX_PATH = `${SCHEMAS}/${INDEX}`;

function merged<T>(older: readonly T[], newer: readonly T[], key: (entry: T) => string): T[] {
  const entries = new Map([...older, ...newer].map((entry) => [key(entry), entry]));
  return [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

function lines(map: { readonly [name: string]: unknown }): string {
  return `{\n${Object.entries(map)
    .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(',\n')}\n}`;
}

function list(entries: readonly unknown[]): string {
  return `[\n${entries.map((entry) => JSON.stringify(entry)).join(',\n')}\n]`;
}
