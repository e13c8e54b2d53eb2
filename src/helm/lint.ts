import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, type Json, type JsonObject } from '../estate';
import { checkFolder } from '../foreign';
import { schemaProblems } from '../schema/json-schema';
import type { SchemaRegistry } from '../schema/types';
import { formatPath } from '../schema/validate/violation';
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
      ...refusedValues(chart, values),
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

/** What Helm would refuse of the chart's own values. */
function refusedValues({ files }: ChartFolder, values: JsonObject): string[] {
  const text = files.get('values.schema.json');
  if (text === undefined) return ['the chart has no values.schema.json: nobody would see a typo in a value'];
  return schemaProblems(schemaOf(text), values).map(
    ({ path, message, fix }) => `values.yaml: ${formatPath(path)}: ${message}: ${fix}`,
  );
}

function schemaOf(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject;
  } catch (error) {
    throw new ChartProblem(`values.schema.json is no JSON: ${(error as SyntaxError).message}`);
  }
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
