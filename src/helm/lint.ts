import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, type Json, type JsonObject } from '../estate';
import { checkFolder } from '../foreign';
import type { SchemaNode, SchemaRegistry } from '../schema/types';
import { validate } from '../schema/validate';
import { type ChartFolder, readYaml } from './chart';
import { ChartProblem } from './problem';
import { renderTemplate, valuesReadBy } from './template';

/**
 * What is wrong with a chart: values that its own schema refuses or that no template reads, templates that cannot be rendered, and
 * everything that Fluxwright's checks find in the objects of a release with the chart's own values.
 */
export function chartProblems(chart: ChartFolder, registry: SchemaRegistry): readonly string[] {
  try {
    const values = readYaml(chart.files, 'values.yaml');
    return [
      ...schemaProblems(chart, values),
      ...unreadValues(chart, values),
      ...objectProblems(chart, values, registry),
    ];
  } catch (error) {
    if (error instanceof ChartProblem) return [error.message];
    throw error;
  }
}

/** The manifests of one release, by the template that makes them. */
export function renderChart({ name, files }: ChartFolder, values: JsonObject): ReadonlyMap<string, string> {
  const release = { name, namespace: 'default', values };
  return new Map(templatesOf(files).map(([path, text]) => [path, renderTemplate(text, release)]));
}

function templatesOf(files: ReadonlyMap<string, string>): [string, string][] {
  return [...files].filter(([path]) => /^templates\/[^_].*\.ya?ml$/.test(path));
}

/** The schema is of the kind that CRDs have, so that values are judged as a field of a custom resource would be. */
function schemaProblems({ files }: ChartFolder, values: JsonObject): string[] {
  const text = files.get('values.schema.json');
  if (text === undefined) return ['the chart has no values.schema.json: nobody would see a typo in a value'];
  const schema = JSON.parse(text) as SchemaNode;
  const kind = {
    group: 'chart.local',
    version: 'v1',
    kind: 'Values',
    plural: 'values',
    namespaced: false,
    served: ['v1'],
    unserved: [],
  };
  const root = { ...open, properties: { values: asCustom(schema) } };
  const object = { apiVersion: 'chart.local/v1', kind: 'Values', metadata: { name: 'values' }, values };
  return validate({ ...kind, root, defs: {} }, object).map(
    ({ path, message }) => `values.yaml: ${path}: ${message}`,
  );
}

const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } as const;

/** A schema of values lets through what it does not name, one of a CRD does not. */
function asCustom(node: SchemaNode): SchemaNode {
  if (node.type !== 'object') return node;
  const { additionalProperties, properties = {}, ...rest } = node;
  const own = Object.entries(properties).map(([name, child]) => [name, asCustom(child)]);
  return {
    ...rest,
    ...(additionalProperties !== false && open),
    properties: Object.fromEntries(own) as SchemaNode['properties'] & object,
  };
}

function unreadValues({ files }: ChartFolder, values: JsonObject): string[] {
  const read = templatesOf(files).flatMap(([, text]) => valuesReadBy(text));
  return leavesOf(values, '')
    .filter((leaf) => !read.some((path) => leaf === path || leaf.startsWith(`${path}.`)))
    .map((leaf) => `values.yaml: no template reads ${leaf}`);
}

function leavesOf(value: Json, path: string): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, child]) =>
    leavesOf(child, path === '' ? key : `${path}.${key}`),
  );
}

function objectProblems(chart: ChartFolder, values: JsonObject, registry: SchemaRegistry): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-chart-'));
  try {
    for (const [path, text] of renderChart(chart, values)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const errors = checkFolder(folder, registry).findings.filter(({ severity }) => severity === 'error');
    return errors.map(
      ({ rule, object, message }) => `[${rule}] ${object ? describe(object) : 'the chart'}: ${message}`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
