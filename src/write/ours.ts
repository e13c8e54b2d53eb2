import { readFileSync } from 'node:fs';
import { KUSTOMIZATION } from '../layout';
import { parseDocuments, toYaml } from '../yaml';

/**
 * Tells files that an earlier run wrote from those that somebody made by hand: the former are listed by a
 * `kustomization.yaml` beside or above them that looks exactly as ours do, or are such a list.
 */
export function listedBelow(root: string): (path: string) => boolean {
  const lists = new Map<string, ReadonlySet<string>>();
  const listOf = (folder: string): ReadonlySet<string> => {
    const list = lists.get(folder) ?? readList(`${root}/${folder}${KUSTOMIZATION}`);
    lists.set(folder, list);
    return list;
  };
  return (path) => foldersAbove(path).some((folder) => listOf(folder).has(path.slice(folder.length)));
}

/** Whether a path is one that layout gives. */
export function looksLikeOurs(path: string): boolean {
  const [, , ...entry] = path.split('/');
  return entry.join('/') === KUSTOMIZATION || isEntry(entry.join('/'));
}

/** `a/b/c.yaml` is in `a/b/`, `a/` and the root, which is empty. */
function foldersAbove(path: string): string[] {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? [''] : [path.slice(0, slash + 1), ...foldersAbove(path.slice(0, slash))];
}

/** What a list names, itself included; nothing where there is none or where it is not one of ours. */
function readList(file: string): ReadonlySet<string> {
  const text = readIfThere(file);
  if (text === undefined) return new Set();
  const body = parseDocuments(text, file).documents[0]?.body;
  const resources = (body?.['resources'] ?? []) as readonly string[];
  const isOurs =
    body !== undefined && toYaml(body) === text && Array.isArray(resources) && resources.every(isEntry);
  return new Set(isOurs ? [KUSTOMIZATION, ...resources] : []);
}

function isEntry(resource: unknown): boolean {
  return typeof resource === 'string' && /^[a-z0-9._-]+\/[a-z0-9.-]+_[a-z0-9._~-]+\.yaml$/.test(resource);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
