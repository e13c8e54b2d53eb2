import { statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Finding } from '../estate';
import { append, groupOf, identityOf, listIn, textIn } from '../estate';
import { textOfFile } from './files';
import { finding, type FluxUnit } from './flux/units';
import { build, type BuildContext } from './kustomize/build';
import { kustomizationIn, readKustomization, readResources } from './kustomize/read';
import { BuildError, type Remote, type Resource } from './kustomize/resource';

/** What a folder of manifests holds: sets of objects that are applied each on its own. */
export interface PlainSets {
  readonly sets: readonly PlainSet[];
  readonly findings: readonly Finding[];
}

/** Objects that belong together. */
export interface PlainSet {
  readonly name: string;
  readonly unit: FluxUnit;
  readonly remote: readonly Remote[];
}

/** Sort the manifests of a folder: what its kustomizations make, and what lies beside them. */
export function plainSets(root: string, files: readonly string[], context: BuildContext): PlainSets {
  const findings: Finding[] = [];
  const charts = new Set(files.filter((file) => basename(file) === 'Chart.yaml').map(dirname));
  const own = files.filter((file) => !isBelow(file, charts));
  const folders = own.filter((file) => kustomizationIn(dirname(file)) === file).map(dirname);
  const taken = new Set(folders);
  const built = outermost(folders).flatMap((folder) => builtSet(root, folder, context, findings));
  const loose = own.filter((file) => !isBelow(file, taken)).flatMap((file) => manifestsIn(file, findings));
  return { sets: [...built, ...partition(root, root, loose)], findings };
}

function builtSet(root: string, folder: string, context: BuildContext, findings: Finding[]): PlainSet[] {
  try {
    const { resources, remote } = build(folder, { ...context, withCharts: true });
    return resources.length === 0 ? [] : [{ name: nameOf(root, folder), unit: { resources }, remote }];
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    findings.push(finding(error, undefined));
    return [];
  }
}

/** Folders that no other one builds upon; components are nothing by themselves. */
function outermost(folders: readonly string[]): string[] {
  const used = new Set<string>();
  const whole = folders.filter((folder) => {
    const file = kustomizationIn(folder);
    const body = file === undefined ? {} : readable(file, folder);
    for (const field of ['resources', 'bases', 'components'])
      for (const entry of listIn(body, field))
        if (typeof entry === 'string' && resolve(folder, entry) !== folder) used.add(resolve(folder, entry));
    return textIn(body, 'kind') !== 'Component';
  });
  return whole.filter((folder) => !used.has(folder));
}

function readable(file: string, folder: string): ReturnType<typeof readKustomization>['body'] {
  try {
    return readKustomization(file, folder).body;
  } catch {
    return {};
  }
}

function isBelow(file: string, folders: ReadonlySet<string>): boolean {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (folders.has(folder)) return true;
    if (folder === dirname(folder)) return false;
  }
}

/** The objects of a file; of what is no manifest, or a template of one, nothing is said. */
function manifestsIn(file: string, findings: Finding[]): Resource[] {
  const text = textOfFile(file);
  const form = file.endsWith('.json') ? jsonManifest : yamlManifest;
  if (!form.test(text) || /^\s*\{\{/m.test(text)) return [];
  try {
    return readResources(file).filter(({ body }) => {
      const { apiVersion, kind, name } = identityOf(body);
      const named = name !== '' || textIn(body, 'metadata', 'generateName') !== undefined;
      return kind !== '' && named && !name.includes('{{') && !isTool(groupOf(apiVersion));
    });
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    if (!text.includes('{{')) findings.push(finding(error, undefined));
    return [];
  }
}

const yamlManifest = /^(?:\s*|---\s*)"?apiVersion"?:/m;
/** With nothing around the field: in a schema or a lock file it stands further in. */
const jsonManifest = /^\s*\{[^{}[\]]*"apiVersion"\s*:/;

/** Files of tools that look like manifests. */
function isTool(group: string): boolean {
  return group === 'kustomize.config.k8s.io' || group.endsWith('.x-k8s.io') || group === 'skaffold';
}

/**
 * Objects that are applied together. Where one object is written twice the folder holds alternatives: a collection
 * of folders falls apart, and of files and folders beside each other those that clash stand for themselves.
 */
function partition(root: string, folder: string, resources: readonly Resource[]): PlainSet[] {
  if (resources.length === 0) return [];
  const groups = new Map<string, Resource[]>();
  for (const one of resources) append(groups, childOf(folder, fileOf(one)), one);
  const whole = (all: readonly Resource[]): PlainSet[] => [
    { name: nameOf(root, folder), unit: { resources: all }, remote: [] },
  ];
  if (!clash(resources)) return whole(resources);
  const [only] = groups.keys();
  // One file that says a thing twice is a mistake, not an alternative.
  if (groups.size === 1 && only !== undefined)
    return isFile(only) ? whole(resources) : partition(root, only, resources);
  const isCollection = ![...groups.keys()].some(isFile);
  const together: Resource[] = [];
  const apart: PlainSet[] = [];
  for (const [inner, own] of groups) {
    if (isCollection || clash([...together, ...own])) apart.push(...partition(root, inner, own));
    else together.push(...own);
  }
  return [...(together.length > 0 ? whole(together) : []), ...apart];
}

function clash(resources: readonly Resource[]): boolean {
  const ids = resources.map(({ body }) => identityOf(body).id);
  return new Set(ids).size < ids.length;
}

function isFile(path: string): boolean {
  return statSync(path).isFile();
}

function fileOf({ frames }: Resource): string {
  return frames[0]?.file ?? '';
}

/** The folder, or the file, directly in a folder that leads to a file. */
function childOf(folder: string, file: string): string {
  return join(folder, relative(folder, file).split(sep)[0] ?? '');
}

function nameOf(root: string, path: string): string {
  const name = relative(root, path)
    .split(sep)
    .join('-')
    .replace(/\.ya?ml$/, '');
  return name === '' ? basename(root) : name;
}
