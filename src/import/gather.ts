import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { JsonObject } from '../estate';
import { isCrd } from '../schema/crd';
import type { KindSchema } from '../schema/types';
import { compactCrd } from './compact-crd';
import { documentsOf } from './documents';
import { isOpenApi, kubernetesKinds } from './kubernetes';

/** Files that may hold manifests. */
const TEXT = new Set(['.yaml', '.yml', '.json']);

/** Schemas that share their `defs`: the versions of one CRD, or all kinds of an OpenAPI. */
export type KindFamily = readonly KindSchema[];

/** What a text holds: the kinds of its CRDs, or of the OpenAPI that it is. Other documents are passed over. */
export function kindsOfText(text: string, origin: string): KindFamily[] {
  return documentsOf(text, origin).flatMap((document) => kindsOfDocument(document, origin));
}

/**
 * The kinds in a file, or in all YAML and JSON files below a folder.
 * @throws Where there are none, saying what to give instead.
 */
export function kindsOfPath(path: string): KindFamily[] {
  const files = statSync(path).isDirectory() ? textFiles(path) : [path];
  const kinds = files.flatMap((file) => kindsOfText(readFileSync(file, 'utf8'), file));
  if (kinds.length === 0) throw new Error(nothingFound(path));
  return kinds;
}

/** What can be imported, for messages. */
export const IMPORTABLE =
  'a file, folder or URL of CustomResourceDefinitions, the OpenAPI of a cluster (kubectl get --raw /openapi/v2), ' +
  'or a chart (a folder with Chart.yaml, or a .tgz)';

/** What to say where a source turns out to hold nothing that can be imported. */
export function nothingFound(source: string): string {
  return `${source} holds nothing that can be imported: give ${IMPORTABLE}`;
}

function kindsOfDocument(document: JsonObject, origin: string): KindFamily[] {
  if (isOpenApi(document)) return [kubernetesKinds(document)];
  if (!isCrd(document)) return [];
  try {
    return [compactCrd(document)];
  } catch (error) {
    throw new Error(`${origin}: ${(error as Error).message}`, { cause: error });
  }
}

function textFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && TEXT.has(extname(entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
