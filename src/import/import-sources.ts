import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { groupOf, versionOf } from '../estate';
import { SCHEMAS, type IndexedKind, type KindFile, type SchemaIndex } from '../schema/files';
import type { KindSchema } from '../schema/types';
import { chartTypesFile } from './chart-types';
import { constructsFile } from './constructs';
import type { KindFamily } from './gather';
import { loadSource, type ImportSource, type Loaded, type LoadedChart } from './load-source';
import {
  chartFile,
  chartFileName,
  indexEntries,
  indexFile,
  INDEX_PATH,
  kindFile,
  kindFileName,
  mergeIndex,
  moduleOf,
} from './schema-files';

export type { ImportSource } from './load-source';

/** Where imports go. */
export interface ImportOptions {
  /** The folder for generated files; what it holds already stays. */
  readonly into: string;
}

/** What was imported. */
export interface ImportReport {
  readonly kinds: readonly {
    readonly group: string;
    readonly kind: string;
    readonly versions: readonly string[];
  }[];
  readonly charts: readonly { readonly name: string; readonly version: string }[];
  /** The modules to import from, relative to the folder. */
  readonly modules: readonly string[];
}

/**
 * Imports CRDs, the OpenAPI of Kubernetes and charts: constructs and value types to write with, and schemas to check
 * with. The same sources give the same files.
 * @throws At the first source that cannot be imported; nothing is written then.
 *
 * @example
 * await importSources(['crds/', 'https://example.com/operator-1.2.0.tgz'], { into: 'imports' });
 */
export async function importSources(
  sources: readonly (string | ImportSource)[],
  { into }: ImportOptions,
): Promise<ImportReport> {
  const loaded: Loaded[] = [];
  for (const source of sources)
    loaded.push(await loadSource(typeof source === 'string' ? { location: source } : source));
  const families = onePerKind(loaded.flatMap((one) => one.families));
  const charts = loaded.flatMap((one) => one.charts);
  const index = mergeIndex(readIndex(into), {
    kinds: families.flatMap(indexEntries),
    charts: charts.map(chartEntry),
  });
  const modules = new Map([...constructModules(families, index, into), ...charts.map(chartModule)]);
  const files = new Map([
    ...families.map(familyFile),
    ...charts.map(knowledgeFile),
    ...modules,
    [INDEX_PATH, indexFile(index)],
  ]);
  for (const [path, text] of files) write(join(into, path), text);
  return {
    kinds: families
      .flatMap(indexEntries)
      .map(({ group, kind, served }) => ({ group, kind, versions: served })),
    charts: charts.map(({ knowledge: { name, version } }) => ({ name, version })),
    modules: [...modules.keys()].toSorted(),
  };
}

/** Of what two sources hold, as a chart and a file of its CRDs do, the latter counts. */
function onePerKind(families: readonly KindFamily[]): readonly KindFamily[] {
  return [...new Map(families.map((family) => [kindFileName(family), family])).values()];
}

function readIndex(into: string): SchemaIndex {
  const path = join(into, INDEX_PATH);
  return existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as SchemaIndex)
    : { kinds: [], charts: [] };
}

function chartEntry({ knowledge, module }: LoadedChart): SchemaIndex['charts'][number] {
  return { name: knowledge.name, version: knowledge.version, file: chartFileName(module, knowledge.version) };
}

function familyFile(family: KindFamily): [path: string, text: string] {
  return [`${SCHEMAS}/${kindFileName(family)}`, kindFile(family)];
}

function knowledgeFile({ knowledge, module }: LoadedChart): [path: string, text: string] {
  return [`${SCHEMAS}/${chartFileName(module, knowledge.version)}`, chartFile(knowledge)];
}

function chartModule({ knowledge, module, repository }: LoadedChart): [path: string, text: string] {
  return [`charts/${module}.ts`, chartTypesFile(knowledge, module, repository)];
}

/** The modules of constructs to which families belong, with the kinds that were imported into them before. */
function constructModules(
  families: readonly KindFamily[],
  index: SchemaIndex,
  into: string,
): [path: string, text: string][] {
  const imported = new Map(families.map((family) => [kindFileName(family), family]));
  const touched = [...new Set([...imported.keys()].map(moduleOf))].toSorted();
  return touched.map((module) => {
    const files = [
      ...new Set(index.kinds.map(({ file }) => file).filter((file) => moduleOf(file) === module)),
    ];
    const schemas = files.flatMap((file) => imported.get(file) ?? readFamily(into, file, index.kinds));
    return [
      `${module}.ts`,
      constructsFile(
        schemas,
        module === 'kubernetes' ? 'the OpenAPI of Kubernetes' : `the API group ${module}`,
      ),
    ];
  });
}

function readFamily(into: string, file: string, indexed: readonly IndexedKind[]): KindSchema[] {
  const { kinds, defs } = JSON.parse(readFileSync(join(into, SCHEMAS, file), 'utf8')) as KindFile;
  return Object.entries(kinds).flatMap(([versionedKind, root]) => {
    const slash = versionedKind.lastIndexOf('/');
    const [apiVersion, kind] = [versionedKind.slice(0, slash), versionedKind.slice(slash + 1)];
    const info = indexed.find((entry) => entry.kind === kind && entry.group === groupOf(apiVersion));
    return info ? [{ ...info, version: versionOf(apiVersion), root, defs }] : [];
  });
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}
