import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { ChartKnowledge } from '../schema/types';
import { chartKnowledge, type ChartFacts } from './chart';
import { chartArchive, chartFolder, crdFiles, isArchive, isChart, type ChartFiles } from './chart-files';
import { IMPORTABLE, kindsOfPath, kindsOfText, nothingFound, type KindFamily } from './gather';

/** Something to import, and what is known of it besides. */
export interface ImportSource extends ChartFacts {
  /** A file, folder or URL. */
  readonly location: string;
  /** Where Flux gets the chart from. */
  readonly repository?: string;
}

/**
 * A chart that was loaded. A folder `istio-base` names its module, which tells `base` from `base`; a folder `chart` does
 * not.
 */
export interface LoadedChart {
  readonly knowledge: ChartKnowledge;
  readonly module: string;
  readonly repository?: string;
}

/** What a source turned out to hold. */
export interface Loaded {
  readonly families: readonly KindFamily[];
  readonly charts: readonly LoadedChart[];
}

const TIMEOUT = 60_000;

/**
 * Loads a source.
 * @throws Where it cannot be read or holds nothing to import, saying what to give instead.
 */
export async function loadSource(source: ImportSource): Promise<Loaded> {
  const { location } = source;
  if (/^https?:\/\//.test(location)) return loadUrl(source);
  if (/^[a-z]+:\/\//.test(location))
    throw new Error(`${location} cannot be downloaded: use helm pull, and import the .tgz`);
  if (!existsSync(location)) throw new Error(`${location} does not exist: give ${IMPORTABLE}`);
  if (!isChart(location)) return { families: kindsOfPath(location), charts: [] };
  const folder = statSync(location).isDirectory();
  const files = folder ? chartFolder(location) : chartArchive(readFileSync(location), location);
  return loadedChart(source, files, folder ? basename(resolve(location)) : undefined);
}

async function loadUrl(source: ImportSource): Promise<Loaded> {
  const { location } = source;
  const body = await download(location);
  if (isArchive(new URL(location).pathname))
    return loadedChart(source, chartArchive(body, location), undefined);
  const families = kindsOfText(body.toString('utf8'), location);
  if (families.length === 0) throw new Error(nothingFound(location));
  return { families, charts: [] };
}

async function download(url: string): Promise<Buffer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT) });
    if (!response.ok) throw new Error(`the server says ${response.status} ${response.statusText}`);
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    throw new Error(
      `${url} cannot be downloaded: ${reason(error)}. Download it yourself, and import the file`,
      { cause: error },
    );
  }
}

/** What `fetch` was told by whatever it uses, rather than that it failed. */
function reason(error: unknown): string {
  const { message, cause } = error as { message: string; cause?: { message?: string; code?: string } };
  return cause?.message || cause?.code || message;
}

function loadedChart(source: ImportSource, files: ChartFiles, folder: string | undefined): Loaded {
  const knowledge = chartKnowledge(files, source.location, source);
  const module = folder?.includes(knowledge.name) ? folder : knowledge.name;
  return {
    families: crdFiles(files).flatMap(([path, text]) => kindsOfText(text, `${source.location} ${path}`)),
    charts: [{ knowledge, module, ...(source.repository && { repository: source.repository }) }],
  };
}
