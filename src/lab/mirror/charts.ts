import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { JsonObject } from '../../estate';
import { readTgz } from '../../import/tar';
import { digestOf, type Artifact } from './layout';

/** What `Chart.yaml` says. */
export type ChartMetadata = JsonObject & { readonly name: string; readonly version: string };

/** A packaged chart. */
export interface Chart {
  readonly file: string;
  readonly name: string;
  readonly version: string;
  readonly metadata: ChartMetadata;
  readonly digest: string;
}

const CONFIG = 'application/vnd.cncf.helm.config.v1+json';
const CONTENT = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';

const known = new Map<string, Chart>();

/** The charts of folders; of the same chart and version the one in the first folder. */
export function chartsIn(folders: readonly string[]): Chart[] {
  const charts = new Map<string, Chart>();
  for (const chart of folders.flatMap(chartFiles).map(readChart)) {
    const key = `${chart.name} ${chart.version}`;
    if (!charts.has(key)) charts.set(key, chart);
  }
  return [...charts.values()];
}

/** The index of a Helm repository that has these charts. YAML readers take JSON. */
export function helmIndex(charts: readonly Chart[], base: string): string {
  const entries: Record<string, JsonObject[]> = {};
  for (const { name, version, metadata, digest } of charts) {
    const urls = [`${base}/charts/${name}-${version}.tgz`];
    const created = '2020-01-01T00:00:00Z';
    (entries[name] ??= []).push({ ...metadata, urls, created, digest: digest.slice('sha256:'.length) });
  }
  return JSON.stringify({ apiVersion: 'v1', generated: '2020-01-01T00:00:00Z', entries });
}

/** A chart as an OCI registry holds it. */
export function chartArtifact({ file, metadata }: Chart): Artifact {
  return {
    config: { mediaType: CONFIG, content: Buffer.from(JSON.stringify(metadata)) },
    layers: [{ mediaType: CONTENT, content: readFileSync(file) }],
  };
}

/** The tag of a chart's version: tags know no `+`. */
export function tagOf(version: string): string {
  return version.replaceAll('+', '_');
}

function chartFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.tgz'))
    .map((file) => join(folder, file));
}

function readChart(file: string): Chart {
  const key = `${file} ${statSync(file).mtimeMs}`;
  const chart = known.get(key) ?? parseChart(file);
  known.set(key, chart);
  return chart;
}

function parseChart(file: string): Chart {
  const packed = readFileSync(file);
  const [, text] = [...readTgz(packed)].find(([path]) => /^[^/]+\/Chart\.yaml$/.test(path)) ?? [];
  if (!text) throw new Error(`${file} is no chart: it has no Chart.yaml`);
  const metadata = load(text.toString()) as ChartMetadata;
  return {
    file,
    name: metadata.name,
    version: metadata.version,
    metadata,
    digest: digestOf(packed),
  };
}
