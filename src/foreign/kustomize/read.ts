import { isUtf8 } from 'node:buffer';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, JsonObject } from '../../estate';
import { isMap } from '../../estate';
import { expandLists, lineOf, parseDocuments } from '../../yaml';
import { checkForm } from './form';
import { BuildError, type Resource } from './resource';

const fileNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** A kustomization.yaml. */
export interface KustomizationFile {
  readonly file: string;
  readonly folder: string;
  readonly body: JsonObject;
  /** Where one of its fields is written. */
  readonly frameOf: (path: string) => Frame;
}

/** The kustomization.yaml of a folder, if it has one. */
export function kustomizationIn(folder: string): string | undefined {
  return fileNames.map((name) => join(folder, name)).find((file) => existsSync(file));
}

/** Read a kustomization.yaml. */
export function readKustomization(file: string, folder: string): KustomizationFile {
  const text = textOf(file);
  const { documents, problems } = parseDocuments(text, file);
  const [problem] = problems;
  if (problem) throw broken(file, problem.line, problem.message);
  const [document] = documents;
  if (!document) throw broken(file, 1, 'it is empty');
  const frameOf = (path: string): Frame => ({
    file,
    line: document.line + lineOf(document.text, path) - 1,
    column: 1,
  });
  const kustomization = { file, folder, body: document.body, frameOf };
  checkForm(kustomization);
  return kustomization;
}

/** The objects in a file of manifests. */
export function readResources(file: string): Resource[] {
  const { documents, problems } = parseDocuments(textOf(file), file);
  const [problem] = problems;
  if (problem) throw broken(problem.file, problem.line, problem.message);
  return expandLists(documents).map(({ body, line, text }) => {
    const encrypted = isMap(body['sops']) && body['sops']['mac'] !== undefined;
    const frames = [{ file, line, column: 1 }];
    return { body, frames, earlier: [], ...(encrypted ? { verbatim: text } : {}) };
  });
}

/**
 * What Flux makes of a folder without a kustomization.yaml: every manifest in it and below, where folders with one
 * of their own are built.
 */
export function entriesOf(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
  return entries
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap(({ name }) => {
      const path = join(folder, name);
      if (!statSync(path, { throwIfNoEntry: false })?.isDirectory())
        return /\.ya?ml$/.test(name) ? [path] : [];
      return kustomizationIn(path) ? [path] : entriesOf(path);
    });
}

/** The text of a file, which YAML wants in UTF-8. */
function textOf(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw broken(file, 1, (error as Error).message);
  }
  const text = bytes.toString('utf8');
  if (!isUtf8(bytes))
    throw broken(file, text.slice(0, text.indexOf('\ufffd')).split('\n').length, 'it is not UTF-8');
  return text;
}

function broken(file: string, line: number, message: string): BuildError {
  return new BuildError(
    `${file.slice(file.lastIndexOf('/') + 1)} cannot be read: ${message}`,
    { file, line, column: 1 },
    'mend the YAML: it is applied by nobody like this',
    'yaml',
  );
}
