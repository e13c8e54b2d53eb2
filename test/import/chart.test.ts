import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { chartKnowledge, type ChartFacts } from '../../src/import/chart';
import { chartArchive, chartFolder, type ChartFiles } from '../../src/import/chart-files';
import { readTgz } from '../../src/import/tar';
import type { JsonObject } from '../../src/estate';
import type { ChartKnowledge, SchemaNode } from '../../src/schema/types';
import { unknownValues } from '../../src/schema/unknown-values';
import { formatPath } from '../../src/schema/validate/violation';

const folder = join(__dirname, 'fixtures/shop');
const shop = chartKnowledge(chartFolder(folder), 'shop');

/** A chart out of its defaults, and what else there is. */
function chartOf(values: string, more: Record<string, string> = {}, facts: ChartFacts = {}): ChartKnowledge {
  const files: ChartFiles = new Map(
    Object.entries({ 'Chart.yaml': 'name: c\nversion: 1.0.0', 'values.yaml': values, ...more }),
  );
  return chartKnowledge(files, 'c', facts);
}

function property(knowledge: ChartKnowledge, ...path: string[]): SchemaNode {
  const resolved = (node: SchemaNode): SchemaNode =>
    node.$ref ? knowledge.defs[node.$ref.slice('#/defs/'.length)]! : node;
  return path.reduce((node, key) => resolved(node.properties?.[key] ?? {}), resolved(knowledge.values));
}

function unknown(knowledge: ChartKnowledge, values: JsonObject): string[] {
  return unknownValues(knowledge, values).map(({ path }) => formatPath(path));
}

test('scalars have the types of their defaults, numbers may be texts, nothing may be anything', () => {
  expect(property(shop, 'debug')).toEqual({ type: 'boolean' });
  expect(property(shop, 'mode')).toEqual({ type: 'string' });
  const numberOrText = { anyOf: [{ type: 'number' }, { type: 'string' }] };
  expect([property(shop, 'replicaCount'), property(shop, 'memory')]).toEqual([numberOrText, numberOrText]);
  const anything = { 'x-kubernetes-preserve-unknown-fields': true };
  expect([property(shop, 'nothing'), property(shop, 'image', 'tag')]).toEqual([anything, anything]);
});

test('lists of texts are lists of texts, other lists are open', () => {
  expect(property(shop, 'hosts')).toEqual({ type: 'array', items: { type: 'string' } });
  expect(property(shop, 'volumes').items).toEqual({ 'x-kubernetes-preserve-unknown-fields': true });
});

test.each([
  ['a typo at the top', { replicaCuont: 1 }, ['replicaCuont']],
  ['a typo in an object whose fields are read one by one', { service: { prot: 1 } }, ['service.prot']],
  ['an object that is read whole', { resources: { requests: { cpu: 1 } } }, []],
  ['an empty map', { labels: { team: 'a' } }, []],
  ['a map that is ranged over', { settings: { size: 'big' } }, []],
  ['a value that only templates know', { undocumented: { flag: 1 }, feature: { gate: 1 } }, []],
  ['a value that is commented out', { image: { digest: 'x' }, service: { nodePort: 1 }, affinity: {} }, []],
  ['a subchart under its name or alias', { postgresql: { any: 1 }, cache: { any: 1 } }, []],
  ['the original name of a subchart with an alias', { redis: {} }, ['redis']],
  ["Helm's own values", { global: { a: 1 }, tags: { b: true } }, []],
])('%s', (_, values, expected) => {
  expect(unknown(shop, values)).toEqual(expected);
});

test('what templates read can be said from outside', () => {
  const values = 'a: { b: 1, c: 2 }\nwhole: { b: 1 }';
  const known = chartOf(values, {}, { reads: ['a.b', 'a.c', 'a.d', 'whole'] });
  expect(unknown(known, { a: { b: 1, d: 1, e: 1 }, whole: { x: 1 } })).toEqual(['a.e']);
});

const library = {
  'Chart.yaml': 'name: c\nversion: 1.0.0\ndependencies: [{ name: base, version: 1.x.x }]',
  'templates/all.yaml': '{{ .Values.own }}{{ include "base.name" . }}',
  'charts/base/Chart.yaml': 'name: base\nversion: 1.0.0\ntype: library',
  'charts/base/templates/_name.tpl': '{{ define "base.name" }}{{ .Values.fullName }}{{ end }}',
};

test('a library reads the values of the chart that calls it', () => {
  const known = chartOf('own: 1', library);
  expect(known.guessed).toBeUndefined();
  expect(unknown(known, { own: 2, fullName: 'x', other: 1 })).toEqual(['other']);
  const program = chartOf('own: 1', {
    ...library,
    'charts/base/Chart.yaml': 'name: base\nversion: 1.0.0',
    'templates/all.yaml': '{{ .Values.own }}',
  });
  expect(unknown(program, { own: 2, fullName: 'x' })).toEqual(['fullName']);
});

test.each([
  ['calls what is not here', '{{ .Values.own }}{{ include "absent.name" . }}'],
  ['calls by a name that it makes up', '{{ .Values.own }}{{ include (printf "%s.name" "base") . }}'],
  ['hands all values on', '{{ .Values.own }}{{ include "base.name" (dict "values" .Values) }}'],
])('nobody can say what a chart reads that %s', (_, template) => {
  const known = chartOf('own: 1', { ...library, 'templates/all.yaml': template });
  expect(known.guessed).toBe(true);
  expect(unknown(known, { onw: 2, entirelyElse: 1 })).toEqual(['onw']);
});

test('comments call nothing and read nothing', () => {
  const template = '{{/* include "absent.name" .Values .Values.other */}}{{ .Values.own }}';
  const known = chartOf('own: 1', { 'templates/all.yaml': template });
  expect(known.guessed).toBeUndefined();
  expect(unknown(known, { other: 1 })).toEqual(['other']);
});

test('a key that is no word is written as one is read', () => {
  const known = chartOf('a: { b: 1 }', {}, { reads: ['a.b'] });
  expect(unknown(known, { a: { 'x/y.z': 1 }, 'v.w': 1 })).toEqual(['a["x/y.z"]', '["v.w"]']);
});

test('what is said of a subchart from outside is said of the chart, if it is a library', () => {
  const dependencies =
    '[{ name: base, version: 1.x.x }, { name: db, version: 1.x.x, condition: db.enabled }]';
  const known = chartOf(
    'own: 1',
    { 'Chart.yaml': `name: c\nversion: 1.0.0\ndependencies: ${dependencies}` },
    { reads: ['own', 'base.fullName', 'db.password'] },
  );
  expect(unknown(known, { own: 2, fullName: 'x', password: 'y', db: { password: 'z' } })).toEqual([
    'password',
  ]);
});

test('an object is open where templates do not seem to read all its fields', () => {
  const known = chartOf('a: { b: 1, c: 2 }', {}, { reads: ['a.b'] });
  expect(unknown(known, { a: { x: 1 } })).toEqual([]);
});

test('where no template was seen only what resembles a known value is an error', () => {
  const guessed = chartOf('replicas: 1\nserver: { port: 80 }\nnodeSelector: { a: b }');
  expect(guessed.guessed).toBe(true);
  expect(shop.guessed).toBeUndefined();
  expect(
    unknown(guessed, { replcas: 1, brandNew: 1, server: { prot: 1, host: 'x' }, nodeSelector: { b: 'c' } }),
  ).toEqual(['replcas', 'server.prot']);
});

const SCHEMA = {
  type: 'object',
  properties: {
    mode: { type: 'string', enum: ['fast', 'safe'] },
    size: { type: ['integer', 'null'], minimum: 1 },
    either: { oneOf: [{ type: 'string' }, { type: 'boolean' }] },
    strict: { type: 'object', additionalProperties: false, properties: { a: { $ref: '#/$defs/text' } } },
    free: { type: 'object', additionalProperties: { type: 'string' } },
    tree: { $ref: '#/$defs/tree' },
    far: { $ref: 'https://example.com/other.json' },
  },
  required: ['mode'],
  $defs: {
    text: { type: 'string', description: 'Prose.' },
    tree: { type: 'object', properties: { left: { $ref: '#/$defs/tree' } } },
  },
};

test("a chart's own schema wins over what its defaults look like", () => {
  const known = chartOf('mode: anything\nsize: big', { 'values.schema.json': JSON.stringify(SCHEMA) });
  expect(property(known, 'mode')).toEqual({ type: 'string', enum: ['fast', 'safe'] });
  expect(property(known, 'size')).toEqual({ type: 'integer', nullable: true, minimum: 1 });
  expect(property(known, 'either')).toEqual({ anyOf: [{ type: 'string' }, { type: 'boolean' }] });
  expect(property(known, 'strict', 'a')).toEqual({ type: 'string' });
  expect(property(known, 'free').additionalProperties).toEqual({ type: 'string' });
  expect(JSON.stringify(known)).not.toMatch(/Prose/);
  expect(JSON.stringify(known.values)).not.toMatch(/required/);
});

test('what the schema closes is closed, even where no template was seen', () => {
  const known = chartOf('strict: {}', { 'values.schema.json': JSON.stringify(SCHEMA) });
  expect(
    unknown(known, {
      strict: { somethingElse: 1 },
      free: { x: '1' },
      tree: { left: { left: { x: 1 } } },
      far: { x: 1 },
    }),
  ).toEqual(['strict.somethingElse']);
});

test("Istio's hidden defaults are values of the top level", () => {
  const known = chartOf('_internal_defaults_do_not_set:\n  pilot: 1', {}, { reads: ['pilot'] });
  expect(unknown(known, { pilot: 2, profile: 'ambient', meshConfig: { any: 1 } })).toEqual([]);
  expect(unknown(known, { _internal_defaults_do_not_set: { pilot: 2 } })).toEqual([
    '_internal_defaults_do_not_set',
  ]);
});

test('a template of values is read where there are no values', () => {
  const files = new Map([
    ['Chart.yaml', 'name: gateway\nversion: v0.0.0'],
    ['values.tmpl.yaml', 'image: ${Image}\nreplicas: 1'],
  ]);
  const known = chartKnowledge(files, 'gateway', { version: 'v1.9.0' });
  expect(known.version).toBe('v1.9.0');
  expect(property(known, 'image')).toEqual({ type: 'string' });
});

test('prose in comments is not a value', () => {
  const known = chartOf('# Note: see below\n# this: is a long sentence\na: 1', {}, { reads: ['a'] });
  expect(Object.keys(property(known).properties!)).toEqual(['a', 'global', 'tags']);
});

test('the CRDs of a chart are known', () => {
  expect(shop.crds).toEqual(['widgets.example.com']);
});

test('an archive is read like its folder', () => {
  const target = join(mkdtempSync(join(tmpdir(), 'chart-')), 'shop.tgz');
  execFileSync('tar', ['-czf', target, '-C', join(folder, '..'), 'shop']);
  expect(chartKnowledge(chartArchive(readFileSync(target), target), target)).toEqual(shop);
});

test.each(['gnu', 'pax', 'ustar'])('long paths in archives of the format %s are read', (format) => {
  const top = mkdtempSync(join(tmpdir(), 'tar-'));
  const path = `chart/${'a-long-folder-name/'.repeat(6)}${'b'.repeat(60)}.yaml`;
  mkdirSync(join(top, path, '..'), { recursive: true });
  writeFileSync(join(top, path), 'deep: true');
  writeFileSync(join(top, 'chart/empty.yaml'), '');
  execFileSync('tar', [`--format=${format}`, '-czf', 'c.tgz', 'chart'], { cwd: top });
  const files = readTgz(readFileSync(join(top, 'c.tgz')));
  const texts = Object.fromEntries([...files].map(([name, content]) => [name, content.toString()]));
  expect(texts).toEqual({ [path]: 'deep: true', 'chart/empty.yaml': '' });
});

test('what is no chart is refused, with its name', () => {
  expect(() => chartArchive(Buffer.from('text'), 'a.tgz')).toThrow('a.tgz is not a .tgz');
  expect(() => chartArchive(gzipSync(Buffer.alloc(1024)), 'a.tgz')).toThrow(
    'a.tgz is not a chart: it has no Chart.yaml',
  );
  expect(() => chartKnowledge(new Map([['Chart.yaml', 'version: 1']]), 'folder')).toThrow(
    'its Chart.yaml has no name',
  );
});
