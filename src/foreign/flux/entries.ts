import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { identityOf, kindOf, textIn } from '../../estate';
import { parseDocuments } from '../../yaml';
import { textOfFile } from '../files';

/** A Kustomization of Flux as it is written in a file. */
export interface WrittenKustomization {
  readonly file: string;
  readonly name: string;
  /** The folder that it applies, as it says it. */
  readonly path: string;
  /** Its source, as `kind/name`. */
  readonly source: string;
}

const kustomizationKind = 'kustomize.toolkit.fluxcd.io/Kustomization';

/** Every Kustomization of Flux in some files. What cannot be read is somebody's template. */
export function writtenKustomizations(files: readonly string[]): WrittenKustomization[] {
  return files.flatMap((file) => {
    const text = textOfFile(file);
    if (!text.includes('kustomize.toolkit.fluxcd.io')) return [];
    const bodies = parseDocuments(text, file).documents.map(({ body }) => body);
    return bodies
      .filter((body) => kindOf(identityOf(body)) === kustomizationKind)
      .map((body) => ({
        file,
        name: identityOf(body).name,
        path: textIn(body, 'spec', 'path') ?? './',
        source: `${textIn(body, 'spec', 'sourceRef', 'kind')}/${textIn(body, 'spec', 'sourceRef', 'name')}`,
      }));
  });
}

/** The root of the repository: the folder itself or one above it, where the most paths lead somewhere. */
export function repositoryRoot(folder: string, kustomizations: readonly WrittenKustomization[]): string {
  const leads = (root: string): number =>
    kustomizations.filter(({ path }) => existsSync(join(root, path))).length;
  const candidates = upTo(resolve(folder));
  return candidates.reduce(
    (best, root) => (leads(root) > leads(best) ? root : best),
    candidates[0] ?? folder,
  );
}

/** The folder and those above it, up to the one that git knows. */
function upTo(folder: string): string[] {
  if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return [folder];
  const above = upTo(dirname(folder));
  return existsSync(join(above.at(-1) ?? '/', '.git')) ? [folder, ...above] : [folder];
}

/** Where Flux begins to read. */
export interface Entry {
  readonly folder: string;
  /** The Kustomization that applies the folder, where it is written inside it, as the bootstrap does. */
  readonly root?: WrittenKustomization;
  /** The files that made this folder one to begin with. */
  readonly from: readonly string[];
}

/** Every folder that may be where Flux begins: what applies itself, and what holds a Kustomization. */
export function possibleEntries(
  root: string,
  kustomizations: readonly WrittenKustomization[],
): readonly Entry[] {
  const found = new Map<string, { root?: WrittenKustomization; from: string[] }>();
  for (const one of kustomizations) {
    const applied = resolve(root, one.path);
    const own = appliesItself(one, applied, root);
    const folder = own ? applied : dirname(one.file);
    const entry = found.get(folder) ?? { from: [] };
    if (own) entry.root ??= one;
    entry.from.push(one.file);
    found.set(folder, entry);
  }
  return [...found].map(([folder, entry]) => ({ folder, ...entry }));
}

/** Whether a Kustomization is in the folder that it applies. Of the whole repository only the bootstrap's own is. */
function appliesItself(one: WrittenKustomization, applied: string, root: string): boolean {
  const isWhole = resolve(applied) === resolve(root);
  return (
    isInside(one.file, applied) && isFolder(applied) && (!isWhole || one.source.endsWith('/flux-system'))
  );
}

/** Entries that nothing else leads to; `reached` says which files an entry leads to. */
export function realEntries(
  entries: readonly Entry[],
  reached: (entry: Entry) => ReadonlySet<string>,
): Entry[] {
  const files = new Map(entries.map((entry) => [entry, reached(entry)]));
  const leadsTo = (one: Entry, other: Entry): boolean =>
    one !== other && other.from.every((file) => files.get(one)?.has(file));
  // Two that lead to each other: the outer one is where it begins.
  const isAbove = (one: Entry, other: Entry): boolean =>
    !leadsTo(other, one) || one.folder.length < other.folder.length;
  return entries.filter((entry) => !entries.some((other) => leadsTo(other, entry) && isAbove(other, entry)));
}

/**
 * Entries that nothing is known to apply, beside others that are where Flux begins: an app whose Kustomization lies
 * with it, and that no cluster lists. Where Flux begins it applies itself, or leads to other folders: to these alone,
 * where another entry applies itself. Where that one cannot be built nobody knows what it would have applied.
 */
export function unusedEntries(
  entries: readonly Entry[],
  root: string,
  kustomizations: readonly WrittenKustomization[],
  isBuilt: (entry: Entry) => boolean,
): ReadonlySet<Entry> {
  const bootstrapped = entries.filter((entry) => entry.root !== undefined);
  const isWhole = bootstrapped.every(isBuilt);
  const leadsAway = ({ folder, from }: Entry): boolean => {
    const away = kustomizations
      .filter(({ file }) => from.includes(file))
      .map(({ path }) => resolve(root, path))
      .map((applied) => isFolder(applied) && !isInside(applied, folder));
    return bootstrapped.length > 0 ? away.every(Boolean) : away.some(Boolean);
  };
  const unused = entries.filter((entry) => entry.root === undefined && !(isWhole && leadsAway(entry)));
  return new Set(unused.length < entries.length ? unused : []);
}

/** Names for clusters: the last part of each folder that tells them apart. */
export function clusterNames(root: string, folders: readonly string[]): Map<string, string> {
  // The bootstrap's own folder is called alike in every cluster.
  const parts = folders.map((folder) =>
    relative(root, folder)
      .split(sep)
      .filter((part) => part !== '' && part !== 'flux-system'),
  );
  const short = parts.map((part) => part.at(-1) ?? 'cluster');
  return new Map(
    folders.map((folder, index) => [
      folder,
      short.filter((name) => name === short[index]).length > 1
        ? (parts[index] as string[]).join('-')
        : (short[index] as string),
    ]),
  );
}

/** Whether a path is inside a folder, or is it. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
