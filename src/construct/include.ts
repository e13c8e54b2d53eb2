import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Construct } from 'constructs';
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
  readonly documents: readonly ForeignDocument[];

  constructor(scope: Construct, id: string, props: { readonly path: string }) {
    super(scope, id);
    this.documents = yamlFiles(resolve(props.path)).flatMap(documentsOf);
  }
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
