import { type JsonObject, listIn, textIn } from '../estate';
import { ANYTHING, isObject } from '../schema/compact';
import { isCrd } from '../schema/crd';
import { shareNodes } from '../schema/share';
import type { ChartKnowledge, ProvidedObject, SchemaNode } from '../schema/types';
import { type ChartFiles, crdFiles } from './chart-files';
import { documentsOf } from './documents';
import { withoutProse, withoutTexts } from './prose';
import { inferValues } from './values-infer';
import { knownValues } from './values-known';
import { valuesRead, withLibraries } from './values-read';
import { mergeValues, valuesSchema } from './values-schema';

/** Where Istio's charts hide their defaults; users set them one level up. */
const HIDDEN = '_internal_defaults_do_not_set';

/** What the templates of all Istio's charts read, in one of them that works on the whole of the values. */
const ISTIO_VALUES = [
  'compatibilityVersion',
  'defaultRevision',
  'meshConfig',
  'platform',
  'profile',
  'revision',
];

/** Values that belong to Helm, whatever the chart. */
const HELM_VALUES = ['global', 'tags'];

/** What is known of a chart besides its files. */
export interface ChartFacts {
  /** The true version, where Chart.yaml holds a placeholder. */
  readonly version?: string;
  /** The paths of the values that its templates read, where the files hold no templates. */
  readonly reads?: readonly string[];
  /** What an installation brings. */
  readonly objects?: readonly ProvidedObject[];
  readonly crds?: readonly string[];
}

/**
 * What the files of a chart say of it.
 * @throws Where they are not those of a chart, naming the origin.
 */
export function chartKnowledge(files: ChartFiles, origin: string, facts: ChartFacts = {}): ChartKnowledge {
  const metadata = document(files, 'Chart.yaml', origin);
  const { name, version } = metadata;
  if (typeof name !== 'string') throw new Error(`${origin} is not a chart: its Chart.yaml has no name`);
  const dependencies = dependencyNames(metadata);
  const reads = facts.reads
    ? withLibraries(facts.reads, metadata, document(files, 'values.yaml', origin))
    : valuesRead(files);
  const { roots, defs } = shareNodes([valuesOf(files, origin, dependencies, reads)]);
  const crds = facts.crds ?? crdNames(files, origin);
  return {
    name,
    version: facts.version ?? (typeof version === 'string' ? version : JSON.stringify(version ?? '')),
    ...(reads === undefined && { guessed: true }),
    values: roots[0]!,
    defs,
    ...judgedBy(files, origin),
    ...(facts.objects && { objects: facts.objects }),
    crds: crds.toSorted(),
  };
}

function valuesOf(
  files: ChartFiles,
  origin: string,
  dependencies: readonly string[],
  reads: ChartFacts['reads'],
): SchemaNode {
  const file = files.has('values.yaml') ? 'values.yaml' : 'values.tmpl.yaml';
  const given = document(files, file, origin);
  const defaults = unhidden(given);
  const known = knownValues(reads, files.get(file) ?? '');
  const inferred = inferValues(defaults, known);
  const schema = files.has('values.schema.json')
    ? valuesSchema(document(files, 'values.schema.json', origin))
    : undefined;
  const values = mergeValues(schema, inferred);
  const open = [...HELM_VALUES, ...dependencies, ...(HIDDEN in given ? ISTIO_VALUES : [])];
  const opened = open.map((name): [string, SchemaNode] => [name, openedWith(values.properties?.[name])]);
  return { ...values, properties: { ...values.properties, ...Object.fromEntries(opened) } };
}

/** Helm refuses a release whose values its chart's schema does not allow. */
function judgedBy(files: ChartFiles, origin: string): Pick<ChartKnowledge, 'judged'> {
  if (!files.has('values.schema.json')) return {};
  const schema = withoutProse(document(files, 'values.schema.json', origin));
  return { judged: { schema, defaults: withoutTexts(document(files, 'values.yaml', origin)) } };
}

/** What a subchart takes is its own affair; what is known of it still helps to write it. */
function openedWith(node: SchemaNode | undefined): SchemaNode {
  if (node?.type !== 'object') return ANYTHING;
  const properties = Object.entries(node.properties ?? {}).map(
    ([name, child]) => [name, openedWith(child)] as const,
  );
  return { type: 'object', ...ANYTHING, properties: Object.fromEntries(properties) };
}

function unhidden(defaults: JsonObject): JsonObject {
  const { [HIDDEN]: hidden, ...rest } = defaults;
  return isObject(hidden) ? { ...hidden, ...rest } : rest;
}

function dependencyNames(metadata: JsonObject): string[] {
  return listIn(metadata, 'dependencies').flatMap((one) => textIn(one, 'alias') ?? textIn(one, 'name') ?? []);
}

function crdNames(files: ChartFiles, origin: string): string[] {
  return crdFiles(files)
    .flatMap(([path, text]) => documentsOf(text, `${origin} ${path}`))
    .filter(isCrd)
    .map(({ metadata }) => (metadata as { name: string }).name);
}

/** The one document of a file; an empty one is an empty object. */
function document(files: ChartFiles, path: string, origin: string): JsonObject {
  return documentsOf(files.get(path) ?? '', `${origin} ${path}`)[0] ?? {};
}
