import type { ChartKnowledge, KindInfo, SchemaNode } from './types';

/** The folder inside an imports folder that holds schemas, and the index in it. */
export const SCHEMAS = 'schemas';
export const INDEX = 'index.json';

/** A kind in the index, and the file with its schemas, relative to the index. */
export interface IndexedKind extends KindInfo {
  readonly file: string;
}

/** A chart in the index. */
export interface IndexedChart extends Pick<ChartKnowledge, 'name' | 'version'> {
  readonly file: string;
}

/** What an imports folder knows. Read whole, so it holds nothing but names. */
export interface SchemaIndex {
  readonly kinds: readonly IndexedKind[];
  readonly charts: readonly IndexedChart[];
}

/** Schemas that share their `defs`, under `<apiVersion>/<kind>`. */
export interface KindFile {
  readonly kinds: { readonly [versionedKind: string]: SchemaNode };
  readonly defs: { readonly [name: string]: SchemaNode };
}
