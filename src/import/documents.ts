import { loadAll, Schema, timestampTag, YAML11_SCHEMA, YAMLException } from 'js-yaml';
import type { Json } from '../estate';
import { isObject } from '../schema/compact';

/** YAML as Kubernetes and Helm read it: 1.1, but dates stay text. */
const KUBERNETES_YAML = new Schema(YAML11_SCHEMA.tags.filter((tag) => tag !== timestampTag));

/**
 * The documents of a text, YAML or JSON, with `List`s unpacked and empty ones left out.
 * @throws Where it is neither, naming the origin and line.
 */
export function parseDocuments(text: string, origin: string): Json[] {
  return loadAllOf(text, origin).flatMap(unpacked);
}

function loadAllOf(text: string, origin: string): Json[] {
  try {
    return loadAll(text, { schema: KUBERNETES_YAML }) as Json[];
  } catch (error) {
    throw new Error(`${origin} is not YAML${place(error)}${templateHint(text)}`, { cause: error });
  }
}

function unpacked(document: Json): readonly Json[] {
  if (document === null) return [];
  const { kind, items } = isObject(document) ? document : {};
  const isList = typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items);
  return isList ? items.flatMap(unpacked) : [document];
}

function place(error: unknown): string {
  if (!(error instanceof YAMLException)) return '';
  const line = error.mark ? ` (line ${error.mark.line + 1})` : '';
  return `${line}: ${error.reason}`;
}

function templateHint(text: string): string {
  return text.includes('{{')
    ? '. It is a template: give what `helm template` makes of it, or the chart itself'
    : '';
}
