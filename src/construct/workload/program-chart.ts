import type { JsonObject } from '../../estate';
import type { SchemaNode } from '../../schema/types';
import { toYaml } from '../../yaml';
import type { Environment } from './environment';
import { programManifests, type ProgramSpec, usualResources } from './program-manifests';

/** A Helm chart of a program: its files by path, and what Fluxwright knows of any chart. */
export interface ProgramChart {
  readonly files: ReadonlyMap<string, string>;
  readonly values: SchemaNode;
}

/**
 * The Helm chart of a program, out of the same manifests as the plain objects: what may differ between releases
 * becomes a value, and the schema of the values accepts nothing else.
 */
export function programChart(name: string, version: string, program: ProgramSpec): ProgramChart {
  const defaults = valuesOf(program);
  const schema = schemaOf(defaults);
  const manifests = programManifests(templated(program));
  const templates = manifests.map(({ id, apiVersion, kind, name: own, body }): [string, string] => {
    const metadata = { name: own, labels: { ...labels } };
    const text = template(toYaml({ apiVersion, kind, metadata, ...body }));
    return [`templates/${id}.yaml`, id === 'budget' && 'replicas' in defaults ? forSeveral(text) : text];
  });
  const chart = { apiVersion: 'v2', name, version, type: 'application', description: `The program ${name}.` };
  return {
    values: schema,
    files: new Map([
      ['Chart.yaml', toYaml(chart)],
      ['values.yaml', toYaml(defaults)],
      [
        'values.schema.json',
        `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', ...schema }, null, 2)}\n`,
      ],
      ...templates,
    ]),
  };
}

const labels = {
  'app.kubernetes.io/name': '@@.Release.Name@@',
  'app.kubernetes.io/managed-by': '@@.Release.Service@@',
};

/** What a release may say: the image, how many, the plain variables of the environment, the resources. */
function valuesOf({ image, replicas = 1, env = {}, resources = usualResources }: ProgramSpec): JsonObject {
  const count = typeof replicas === 'number' ? { replicas } : {};
  return { image, ...count, env: Object.fromEntries(plainVariables(env)), resources };
}

function plainVariables(env: Environment): [string, string][] {
  return Object.entries(env).flatMap(([name, value]) =>
    typeof value === 'object' ? [] : [[name, String(value)]],
  );
}

function schemaOf(values: JsonObject): SchemaNode {
  const env = Object.keys(values['env'] as JsonObject);
  const text: SchemaNode = { type: 'string' };
  return {
    type: 'object',
    additionalProperties: false,
    required: ['image', 'env'],
    properties: {
      image: { type: 'string', minLength: 1 },
      ...('replicas' in values ? { replicas: { type: 'integer', minimum: 0 } } : {}),
      env: {
        type: 'object',
        additionalProperties: false,
        required: env,
        properties: Object.fromEntries(env.map((name) => [name, text])),
      },
      resources: { type: 'object' },
      global: { type: 'object' },
    },
  };
}

/** The program with marks where the values go. */
function templated(program: ProgramSpec): Parameters<typeof programManifests>[0] {
  const env = Object.entries(program.env ?? {}).map(([name, value]) => [
    name,
    typeof value === 'object' ? value : `@@${variable(name)} | quote@@`,
  ]);
  const replicas =
    typeof program.replicas === 'object' ? program.replicas : ('@@.Values.replicas@@' as never);
  return {
    ...program,
    name: '@@.Release.Name@@',
    labels,
    image: '@@.Values.image | quote@@',
    env: Object.fromEntries(env) as Environment,
    replicas,
    resources: '@@yaml .Values.resources@@' as unknown as JsonObject,
  };
}

/** One pod alone has no others that could go on while it is moved. */
function forSeveral(text: string): string {
  return `{{- if gt (int .Values.replicas) 1 }}\n${text}{{- end }}\n`;
}

/** A template names fields by a dot only where they are words. */
function variable(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.Values.env.${name}` : `index .Values.env \`${name}\``;
}

/**
 * Put Helm's braces where the marks are, and make text of the braces that a program's own files have. A mark that
 * is a whole value loses the quotes that YAML gave it; one inside a longer text keeps them.
 */
function template(yaml: string): string {
  return yaml
    .replaceAll(/\{\{|\}\}/g, (braces) => `{{ "${braces}" }}`)
    .replaceAll(/^( *)(.*): "@@yaml (\S+)@@"$/gm, (_, indent: string, key: string, value: string) => {
      const depth = indent.length + (key.startsWith('- ') ? 2 : 0) + 2;
      return `${indent}${key}: {{- toYaml ${value} | nindent ${depth} }}`;
    })
    .replaceAll(/"@@([^@]+ \| quote|\.Values\.replicas)@@"/g, (_, value: string) => `{{ ${value} }}`)
    .replaceAll(/@@([^@]+)@@/g, (_, value: string) => `{{ ${value} }}`);
}
