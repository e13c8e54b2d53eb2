import { hash } from 'node:crypto';
import type { FileTree, JsonObject } from '../estate';
import { isObjectFile } from '../layout';
import { parseDocuments } from '../yaml';
import { readBlobs } from './git';
import type { PreviousTree } from './previous';

/** An object as it was committed. Read and parsed when it is looked at, all of them by one process. */
export interface PreviousObject {
  readonly path: string;
  readonly beforeText: string;
  /** Undefined where the text is not one YAML object. */
  readonly before: JsonObject | undefined;
}

/** Which objects' files differ from what was committed. Lists of files (`kustomization.yaml`) are left out. */
export interface Changes {
  readonly changed: readonly PreviousObject[];
  readonly removed: readonly PreviousObject[];
  readonly added: readonly string[];
}

/** Compares a tree with what was committed, by git's own ids: what is equal is neither read nor parsed. */
export function changedSince({ files, folder }: PreviousTree, tree: FileTree): Changes {
  const paths = [...tree.keys()].filter(isObjectFile);
  const changed = paths.filter((path) => differs(tree.get(path) ?? '', files.get(path)));
  const removed = [...files.keys()].filter((path) => isObjectFile(path) && !tree.has(path));
  const read = readOnce(
    folder,
    [...changed, ...removed].map((path) => files.get(path) ?? ''),
  );
  const objectAt = (path: string) => lazyObject(path, () => read(files.get(path) ?? ''));
  return {
    changed: changed.map(objectAt),
    removed: removed.map(objectAt),
    added: paths.filter((path) => !files.has(path)),
  };
}

/** Git names a blob by the hash of its size and text; the length of the name tells the kind of hash. */
function differs(text: string, id: string | undefined): boolean {
  if (id === undefined) return false;
  const blob = `blob ${Buffer.byteLength(text)}\0${text}`;
  return hash(id.length === 40 ? 'sha1' : 'sha256', blob) !== id;
}

function readOnce(folder: string, ids: readonly string[]): (id: string) => string {
  let blobs: ReadonlyMap<string, string> | undefined;
  return (id) => (blobs ??= readBlobs(folder, [...new Set(ids)])).get(id) ?? '';
}

function lazyObject(path: string, read: () => string): PreviousObject {
  let body: { value: JsonObject | undefined } | undefined;
  return {
    path,
    get beforeText() {
      return read();
    },
    get before() {
      body ??= { value: onlyBody(read(), path) };
      return body.value;
    },
  };
}

function onlyBody(text: string, path: string): JsonObject | undefined {
  const { documents, problems } = parseDocuments(text, path);
  return documents.length === 1 && problems.length === 0 ? documents[0]?.body : undefined;
}
