import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonObject, textIn } from '../estate';
import { parseDocuments } from '../yaml';
import { ChartProblem } from './problem';

/** A Helm chart as it lies in a folder. */
export interface ChartFolder {
  readonly name: string;
  readonly version: string;
  /** What `Chart.yaml` says. */
  readonly metadata: JsonObject;
  /** Texts by their path in the folder. */
  readonly files: ReadonlyMap<string, string>;
}

/** The charts in a folder, by name. */
export function chartNames(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => existsSync(join(folder, name, 'Chart.yaml')))
    .toSorted();
}

/** Reads a chart. @throws {ChartProblem} where it says of itself nothing that Helm could read. */
export function readChart(folder: string, name: string): ChartFolder {
  if (!chartNames(folder).includes(name))
    throw new ChartProblem(
      `there is no chart ${name} in ${folder}: name one of ${chartNames(folder).join(', ')}`,
    );
  const root = join(folder, name);
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
  return chartOf(
    name,
    new Map(paths.toSorted().map((path) => [path, readFileSync(join(root, path), 'utf8')])),
  );
}

/** A chart of these files, of which one is `Chart.yaml`. */
export function chartOf(folderName: string, files: ReadonlyMap<string, string>): ChartFolder {
  const metadata = readYaml(files, 'Chart.yaml');
  const [name, version] = [textIn(metadata, 'name'), textIn(metadata, 'version')];
  if (textIn(metadata, 'apiVersion') !== 'v2')
    throw new ChartProblem(`Chart.yaml of ${folderName}: write apiVersion: v2`);
  if (name !== folderName)
    throw new ChartProblem(`Chart.yaml calls the chart ${name}, its folder ${folderName}: use one name`);
  if (version === undefined || !semantic.test(version))
    throw new ChartProblem(
      `Chart.yaml of ${name}: its version ${version} is no semantic version such as 1.2.3`,
    );
  return { name, version, metadata, files };
}

const semantic = /^\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/;

/** One file of a chart that holds one map. */
export function readYaml(files: ReadonlyMap<string, string>, path: string): JsonObject {
  const { documents, problems } = parseDocuments(files.get(path) ?? '', path);
  const [problem] = problems;
  if (problem) throw new ChartProblem(`${problem.file}:${problem.line}: ${problem.message}`);
  if (!documents[0]) throw new ChartProblem(`the chart has no ${path}, or nothing is in it`);
  return documents[0].body;
}
