import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '../../src/estate';
import { chartKnowledge } from '../../src/import/chart';
import { chartFolder } from '../../src/import/chart-files';
import { chartTypesFile } from '../../src/import/chart-types';
import { compactCrd } from '../../src/import/compact-crd';
import { constructsFile } from '../../src/import/constructs';
import { documentsOf } from '../../src/import/documents';
import { openRegistry, packageImports } from '../../src/schema/registry';
import type { SchemaNode } from '../../src/schema/types';
import { unknownValues } from '../../src/schema/unknown-values';

const upstream = resolve(__dirname, '../../../shared/upstream');
const here = existsSync(upstream);
const onlyThere = here ? test : test.skip;

/** Files of a kind below a folder of `upstream`. */
function files(folder: string): string[] {
  const path = join(upstream, folder);
  if (!here) return [];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return entries.map((entry) => join(entry.parentPath, entry.name)).toSorted();
}

/** Everything that judges in a schema, read without the code that compacts it. */
function judgements(node: unknown, inProperties = false): unknown {
  if (Array.isArray(node)) return node.map((item) => judgements(item));
  if (typeof node !== 'object' || node === null) return node;
  const prose = new Set(['description', 'title', 'example', 'externalDocs']);
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => inProperties || !prose.has(key))
      .map(([key, value]) => [key, judgements(value, !inProperties && key === 'properties')]),
  );
}

function expand(node: unknown, defs: { readonly [name: string]: SchemaNode }): unknown {
  if (Array.isArray(node)) return node.map((item) => expand(item, defs));
  if (typeof node !== 'object' || node === null) return node;
  const ref = (node as SchemaNode).$ref;
  if (typeof ref === 'string' && ref.startsWith('#/defs/'))
    return expand(defs[ref.slice('#/defs/'.length)], defs);
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, expand(value, defs)]));
}

function fields(root: unknown): unknown {
  const { apiVersion: _a, kind: _k, metadata: _m, ...properties } = (root as SchemaNode).properties ?? {};
  return { ...(root as SchemaNode), type: 'object', properties };
}

onlyThere('every CRD of the platform is imported, and nothing that judges is lost', () => {
  const paths = files('crds');
  const lost = paths.filter((path) => {
    const crd = documentsOf(readFileSync(path, 'utf8'), path)[0]!;
    const kinds = compactCrd(crd);
    const { versions } = crd['spec'] as unknown as {
      versions: { name: string; schema: { openAPIV3Schema: JsonObject } }[];
    };
    const classes = constructsFile(kinds, path).match(/extends KubeObject/g) ?? [];
    expect(classes).toHaveLength(kinds[0]!.served.length);
    return kinds.some(({ version, root, defs }) => {
      const published = versions.find(({ name }) => name === version)!.schema.openAPIV3Schema;
      return !isDeepStrictEqual(fields(expand(root, defs)), fields(judgements(published)));
    });
  });
  expect(lost).toEqual([]);
  expect(paths.length).toBeGreaterThan(200);
});

onlyThere('every chart of the platform is imported, and knows all its own defaults', () => {
  const paths = files('charts').filter((file) => file.endsWith('Chart.yaml'));
  for (const folder of paths.map((path) => join(path, '..'))) {
    const chart = chartFolder(folder);
    const knowledge = chartKnowledge(chart, folder);
    expect(chartTypesFile(knowledge, 'chart', undefined)).toContain('export interface ChartValues {');
    const { _internal_defaults_do_not_set: hidden, ...defaults } =
      documentsOf(chart.get('values.yaml') ?? '', folder)[0] ?? {};
    expect({ folder, unknown: unknownValues(knowledge, { ...defaults, ...(hidden as JsonObject) }) }).toEqual(
      { folder, unknown: [] },
    );
  }
  expect(paths.length).toBeGreaterThan(50);
});

if (!here)
  process.stderr.write(
    `${upstream} does not exist: the import of the platform's CRDs and charts is not tested\n`,
  );

test('every kind and chart in the index has its file, with all its versions', () => {
  const folder = packageImports();
  const index = JSON.parse(readFileSync(join(folder, 'schemas/index.json'), 'utf8'));
  const registry = openRegistry([folder]);
  for (const { group, kind, served } of index.kinds) {
    for (const version of served) {
      const schema = registry.kind(group === '' ? version : `${group}/${version}`, kind);
      expect({ kind, version, properties: schema?.root.properties !== undefined }).toEqual({
        kind,
        version,
        properties: true,
      });
    }
  }
  for (const { name, version } of index.charts)
    expect(registry.chart(name, version)).toMatchObject({ name, version });
});

test('what may not be given away under this licence is not here', () => {
  const names = readdirSync(packageImports(), { recursive: true }) as string[];
  expect(
    names.filter((name) =>
      /elastic\.co|eck-|consul\.hashicorp|fluxcd\.controlplane|flux-operator|flux-instance/.test(name),
    ),
  ).toEqual([]);
});
