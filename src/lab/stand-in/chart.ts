import type { JsonObject } from '../../estate';
import { providedBy } from '../../schema/provided-by';
import type { ChartKnowledge, SchemaRegistry } from '../../schema/types';
import { crdOf } from '../crds';
import { standInObject } from './objects';
import { valuesSchema } from './values-schema';

/** One release that a stand-in has to do for. */
export interface StandInRelease {
  readonly name: string;
  readonly namespace: string;
  readonly values: JsonObject;
}

/** The files of a stand-in chart, and the objects of the real one that nothing stands for. */
export interface StandInChart {
  readonly files: ReadonlyMap<string, string>;
  readonly leftOut: readonly string[];
}

/**
 * A chart of the same name and version as one that cannot be had: the CRDs that it brings, the objects that each
 * release gets, and a schema that refuses values which the real chart does not know.
 */
export function standInChart(
  knowledge: ChartKnowledge,
  version: string,
  releases: readonly StandInRelease[],
  registry: SchemaRegistry,
): StandInChart {
  const { name } = knowledge;
  const objects = releases.map((release) => objectsOf(knowledge, release));
  const files: [string, JsonObject | string][] = [
    ['Chart.yaml', { apiVersion: 'v2', name, version, description: 'Stands in for the real chart in a lab' }],
    ['values.yaml', {}],
    ['values.schema.json', valuesSchema(knowledge)],
    ...crdFiles(knowledge, registry),
    ...releases.map((release, index): [string, string] => [
      `templates/${index}.yaml`,
      templateOf(release, objects[index]?.made ?? []),
    ]),
  ];
  return {
    files: new Map(files.map(([path, content]) => [`${name}/${path}`, textOf(content)])),
    leftOut: [...new Set(objects.flatMap(({ leftOut }) => leftOut))],
  };
}

function objectsOf(knowledge: ChartKnowledge, { name, namespace, values }: StandInRelease) {
  const made: JsonObject[] = [];
  const leftOut: string[] = [];
  for (const provided of providedBy(knowledge, name, namespace, values)) {
    const object = standInObject(provided);
    if (object) made.push(object);
    else leftOut.push(`${provided.kind} ${provided.name}`);
  }
  return { made, leftOut };
}

/** A kind of which no version is served any more is left out: nobody can ask for it. */
function crdFiles({ crds }: ChartKnowledge, registry: SchemaRegistry): [string, JsonObject][] {
  return crds.flatMap((name) => {
    const info = registry.infoOfCrd(name);
    return info && info.served.length > 0 ? [[`crds/${name}.yaml`, crdOf(info, registry)]] : [];
  });
}

/** The names of a release's objects are known, so each release has a template of its own. YAML readers take JSON. */
function templateOf({ name, namespace }: StandInRelease, objects: readonly JsonObject[]): string {
  const documents = objects
    .map((object) => JSON.stringify(object).replaceAll('{{', '{{ "{{" }}'))
    .join('\n---\n');
  const isThis = `and (eq .Release.Name "${name}") (eq .Release.Namespace "${namespace}")`;
  return `{{- if ${isThis} }}\n${documents}\n{{- end }}\n`;
}

function textOf(content: JsonObject | string): string {
  return typeof content === 'string' ? content : JSON.stringify(content);
}
