import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { readTgz } from './tar';

/** The text files of a chart by their path inside it, with forward slashes; of its subcharts only what it may call, and CRDs. */
export type ChartFiles = ReadonlyMap<string, string>;

const WANTED =
  /^(Chart\.yaml|values(\.tmpl)?\.yaml|values\.schema\.json|(crds|templates)\/.+\.(ya?ml|json|tpl)|(charts\/[^/]+\/)+(Chart\.yaml|templates\/.+\.(ya?ml|tpl)|crds\/.+\.(ya?ml|json)))$/;

/** The files of a chart and of its subcharts that hold its CRDs as they are: Helm puts nothing into them. */
export function crdFiles(files: ChartFiles): readonly [path: string, text: string][] {
  return [...files].filter(
    ([path, text]) => /^(?:charts\/[^/]+\/)*crds\//.test(path) && !text.includes('{{'),
  );
}

/** Whether a path is a chart: a folder with a Chart.yaml, or an archive. */
export function isChart(path: string): boolean {
  return isArchive(path) || (statSync(path).isDirectory() && existsSync(join(path, 'Chart.yaml')));
}

/** Whether a name is that of an archived chart. */
export function isArchive(name: string): boolean {
  return /\.(tgz|tar\.gz)$/.test(name);
}

/** The files of a chart folder. */
export function chartFolder(folder: string): ChartFiles {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).toSorted();
  return wanted(
    paths.map((path) => [relative(folder, path).split(sep).join('/'), () => readFileSync(path, 'utf8')]),
  );
}

/**
 * The files of an archived chart.
 * @throws Where it is not one, naming the origin.
 */
export function chartArchive(archive: Buffer, origin: string): ChartFiles {
  const files = wanted(
    [...unpacked(archive, origin)].map(([path, content]) => [inner(path), () => content.toString('utf8')]),
  );
  if (!files.has('Chart.yaml')) throw new Error(`${origin} is not a chart: it has no Chart.yaml`);
  return files;
}

function unpacked(archive: Buffer, origin: string): Map<string, Buffer> {
  try {
    return readTgz(archive);
  } catch (error) {
    throw new Error(`${origin} is not a .tgz: ${(error as Error).message}`, { cause: error });
  }
}

/** Archives hold one folder, named like the chart. */
function inner(path: string): string {
  return path.replace(/^\.\//, '').split('/').slice(1).join('/');
}

function wanted(files: readonly (readonly [path: string, read: () => string])[]): ChartFiles {
  return new Map(files.filter(([path]) => WANTED.test(path)).map(([path, read]) => [path, read()]));
}
