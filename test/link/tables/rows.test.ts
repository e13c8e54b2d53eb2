import { expect, test } from '@jest/globals';
import { append, splitKind } from '../../../src/estate';
import { referenceTables } from '../../../src/link/tables';
import { type ReferenceRow, splitPath } from '../../../src/link/tables/row';
import { openRegistry, packageImports } from '../../../src/schema/registry';
import type { KindSchema, SchemaNode } from '../../../src/schema/types';

const registry = openRegistry([packageImports()]);

/** Groups whose CRDs are under licences that keep them out of the package. */
const notHere = /(^|\.)(k8s\.elastic\.co|fluxcd\.controlplane\.io|consul\.hashicorp\.com)$/;

const byKind = new Map<string, ReferenceRow[]>();
for (const table of referenceTables)
  for (const [kind, rows] of Object.entries(table)) for (const row of rows) append(byKind, kind, row);
const rowsByKind = [...byKind];
const isDeep = ({ at }: ReferenceRow): boolean => splitPath(at).includes('**');

function schemasOf(kind: string): KindSchema[] {
  const [group, name] = splitKind(kind);
  const versions = registry.info(group, name)?.served ?? [];
  return versions.flatMap((version) => {
    const schema = registry.kind(group === '' ? version : `${group}/${version}`, name);
    return schema ? [schema] : [];
  });
}

function resolved({ defs }: KindSchema, node: SchemaNode): SchemaNode {
  let current = node;
  while (current.$ref !== undefined) current = defs[current.$ref.slice('#/defs/'.length)] ?? {};
  return current;
}

function isOpen(node: SchemaNode): boolean {
  const bare = node.properties === undefined && node.additionalProperties === undefined;
  return bare && (node['x-kubernetes-preserve-unknown-fields'] === true || node.type === undefined);
}

/** The schemas that a path leads to; none where the kind has no such field. */
function at(schema: KindSchema, start: SchemaNode, [segment, ...rest]: readonly string[]): SchemaNode[] {
  const node = resolved(schema, start);
  if (segment === undefined) return [node];
  if (isOpen(node)) return [{ 'x-kubernetes-preserve-unknown-fields': true }];
  if (segment === '**') return anywhere(schema, node, rest, new Set());
  return children(node, segment).flatMap((child) => at(schema, child, rest));
}

function children(node: SchemaNode, segment: string): SchemaNode[] {
  if (segment === '[]') return node.items ? [node.items] : [];
  const any = typeof node.additionalProperties === 'object' ? [node.additionalProperties] : [];
  const known = segment === '*' ? [] : [node.properties?.[segment]].filter((child) => child !== undefined);
  return known.length > 0 ? known : any;
}

function anywhere(
  schema: KindSchema,
  start: SchemaNode,
  rest: readonly string[],
  seen: Set<SchemaNode>,
): SchemaNode[] {
  const node = resolved(schema, start);
  if (seen.has(node) || isOpen(node)) return [];
  seen.add(node);
  const below = [...Object.values(node.properties ?? {}), ...[node.items].filter((one) => one !== undefined)];
  if (typeof node.additionalProperties === 'object') below.push(node.additionalProperties);
  return [...at(schema, node, rest), ...below.flatMap((child) => anywhere(schema, child, rest, seen))];
}

/** The fields that a row reads beside the name. */
function besides(row: ReferenceRow): string[] {
  const { kind, namespace = '', key = '' } = row;
  const fields = typeof kind === 'string' ? [] : [kind.kind, kind.group];
  const near = [namespace, key].filter((field) => field !== '' && !/^[=/]/.test(field));
  return [...fields, ...near].filter((field) => field !== undefined);
}

function has(kind: string, { at: path, name }: ReferenceRow, field = name): boolean {
  return schemasOf(kind).some((schema) => {
    const found = at(schema, schema.root, [...splitPath(path), field]).map((node) => resolved(schema, node));
    return found.some((node) => isOpen(node) || node.type === 'string');
  });
}

test('every kind of the tables is known', () => {
  const unknown = rowsByKind.map(([kind]) => kind).filter((kind) => schemasOf(kind).length === 0);
  expect(unknown.filter((kind) => !notHere.test(splitKind(kind)[0]))).toEqual([]);
});

const known = rowsByKind.filter(([kind]) => !notHere.test(splitKind(kind)[0]));
const pathOf = ({ at: path, name }: ReferenceRow): string => `${path}.${name}`;

test('every field of the tables is in the schema of its kind, and so is what stands beside it', () => {
  const wrong = known.flatMap(([kind, rows]) =>
    rows
      .filter((row) => !isDeep(row))
      .flatMap((row) =>
        [row.name, ...besides(row)]
          .filter((field) => !has(kind, row, field))
          .map((field) => `${kind} ${row.at}.${field}`),
      ),
  );
  expect(wrong).toEqual([]);
});

test('what is looked for at any depth is found in some kind, and every kind has some of it', () => {
  const found = new Set<string>();
  const without: string[] = [];
  for (const [kind, rows] of known) {
    const deep = rows.filter(isDeep);
    const matched = deep.filter((row) => has(kind, row));
    for (const row of matched) found.add(pathOf(row));
    if (deep.length > 0 && matched.length === 0) without.push(kind);
  }
  const everywhere = new Set(known.flatMap(([, rows]) => rows.filter(isDeep).map(pathOf)));
  expect([...everywhere].filter((path) => !found.has(path))).toEqual([]);
  expect(without).toEqual([]);
});

test('no field is named twice', () => {
  const twice = rowsByKind.flatMap(([kind, rows]) => {
    const paths = rows.map(pathOf);
    return paths.filter((path, index) => paths.indexOf(path) !== index).map((path) => `${kind} ${path}`);
  });
  expect(twice).toEqual([]);
});

test('what the tables point at are kinds that exist', () => {
  const kinds = rowsByKind.flatMap(([, rows]) =>
    rows.map(({ kind }) => (typeof kind === 'string' ? kind : kind.otherwise)),
  );
  const unknown = [...new Set(kinds)].filter((kind) => schemasOf(kind).length === 0);
  expect(unknown.filter((kind) => !notHere.test(splitKind(kind)[0]))).toEqual([]);
});
