import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import type { Json, JsonObject } from '../../src/estate';
import { withObjectMeta } from '../../src/schema/object-meta';
import type { KindSchema, SchemaNode } from '../../src/schema/types';
import { openRegistry, packageImports } from '../../src/schema/registry';
import { validate, type Violation } from '../../src/schema/validate';

/** A kind of custom resources whose spec has this schema. */
export function customKind(spec: SchemaNode): KindSchema {
  const info = { group: 'example.org', kind: 'Sample', plural: 'samples', namespaced: true };
  const root = withObjectMeta({ type: 'object', properties: { spec } });
  return { ...info, served: ['v1'], unserved: [], version: 'v1', root, defs: {} };
}

/** A custom resource with this spec. */
export function custom(spec: Json): JsonObject {
  return {
    apiVersion: 'example.org/v1',
    kind: 'Sample',
    metadata: { name: 'sample', namespace: 'lab' },
    spec,
  };
}

/** What is wrong with a spec by its schema: the path and the message of each violation. */
export function judged(schema: SchemaNode, spec: Json, before?: Json): string[] {
  return lines(validate(customKind(schema), custom(spec), before === undefined ? undefined : custom(before)));
}

/** Violations as lines of text. */
export function lines(violations: readonly Violation[]): string[] {
  return violations.map(({ path, message }) => `${path}: ${message}`);
}

const registry = openRegistry([packageImports()]);

/** The schema of an object's kind. */
export function schemaOf(body: JsonObject): KindSchema {
  const schema = registry.kind(body['apiVersion'] as string, body['kind'] as string);
  if (!schema) throw new Error(`no schema for ${JSON.stringify(body['kind'])}`);
  return schema;
}

/** The valid objects of a file of samples. */
export function samples(file: 'core.yaml' | 'rich.yaml' | 'custom.yaml'): JsonObject[] {
  return loadAll(readFileSync(join(__dirname, 'samples', file), 'utf8')) as JsonObject[];
}

/** The first sample of a kind, or the one of that name. */
export function sample(kind: string, name?: string): JsonObject {
  const found = [...samples('core.yaml'), ...samples('rich.yaml')].find(
    (body) => body['kind'] === kind && (!name || nameOf(body) === name),
  );
  if (!found) throw new Error(`no sample of ${kind}`);
  return found;
}

function nameOf(body: JsonObject): Json | undefined {
  return (body['metadata'] as JsonObject)['name'];
}

/** An object with one place changed; undefined removes it. */
export function changed(body: Json, path: string, value: Json | undefined): JsonObject {
  const copy = structuredClone(body) as Record<string, Json>;
  const steps = path.split('/');
  const parent = steps
    .slice(0, -1)
    .reduce<Record<string, Json>>((at, step) => (at[step] ??= {}) as Record<string, Json>, copy);
  const last = steps.at(-1)!;
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}
