import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Construct } from 'constructs';
import { type JsonObject, mapIn, textIn } from '../estate';
import { expandLists, parseDocuments } from '../yaml';

/** One YAML document that somebody else wrote. */
export interface ForeignDocument {
  readonly file: string;
  readonly line: number;
  readonly body: { readonly [key: string]: unknown };
  readonly text: string;
}

/**
 * YAML that somebody else wrote, a file or a folder with all below it. Its objects join the estate here and get
 * every check; a document encrypted with SOPS passes through untouched.
 *
 * @example
 * new Include(this, 'dashboards', { path: 'charts/grafana/dashboards' });
 */
export class Include extends Construct {
  #documents: readonly ForeignDocument[];

  constructor(scope: Construct, id: string, props: { readonly path: string }) {
    super(scope, id);
    this.#documents = yamlFiles(resolve(props.path)).flatMap(documentsOf);
  }

  get documents(): readonly ForeignDocument[] {
    return this.#documents;
  }

  /** Annotate every object but encrypted ones: their text is signed. */
  annotate(key: string, value: string): void {
    this.#documents = this.#documents.map((document) =>
      isEncrypted(document.body) ? document : { ...document, body: annotated(document.body, key, value) },
    );
  }
}

/** Whether SOPS has encrypted an object. */
export function isEncrypted(body: ForeignDocument['body']): boolean {
  return textIn(body as JsonObject, 'sops', 'mac') !== undefined;
}

function annotated(body: ForeignDocument['body'], key: string, value: string): JsonObject {
  const metadata = mapIn(body as JsonObject, 'metadata');
  const annotations = { ...mapIn(metadata, 'annotations'), [key]: value };
  return { ...(body as JsonObject), metadata: { ...metadata, annotations } };
}

function documentsOf(file: string): ForeignDocument[] {
  const { documents, problems } = parseDocuments(readFileSync(file, 'utf8'), file);
  const [problem] = problems;
  if (problem) throw new Error(`${problem.file}:${problem.line}: ${problem.message}`);
  return expandLists(documents).map((document) => ({ file, ...document }));
}

function yamlFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
