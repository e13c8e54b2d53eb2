import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { load, YAML11_SCHEMA } from 'js-yaml';
import type { JsonObject } from '../../src/estate';
import { compactCrd } from '../../src/import/compact-crd';
import {
  chartFile,
  indexEntries,
  indexFile,
  INDEX_PATH,
  kindFile,
  kindFileName,
} from '../../src/import/schema-files';
import { openRegistry, packageImports, registryWith } from '../../src/schema/registry';
import type { ChartKnowledge } from '../../src/schema/types';

const widget = load(readFileSync(join(__dirname, '../import/fixtures/widgets.example.com.yaml'), 'utf8'), {
  schema: YAML11_SCHEMA,
}) as JsonObject;

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function chart(version: string): ChartKnowledge {
  return { name: 'shop', version, values: { type: 'object' }, defs: {}, crds: [] };
}

/** An imports folder with the widget's CRD and two versions of a chart. */
function imported(crd: JsonObject = widget): string {
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));
  const kinds = compactCrd(crd);
  const charts = [chart('1.2.0'), chart('2.0.0')];
  write(folder, `schemas/${kindFileName(kinds)}`, kindFile(kinds));
  for (const one of charts) write(folder, `schemas/charts/shop-${one.version}.json`, chartFile(one));
  const indexed = charts.map(({ name, version }) => ({ name, version, file: `charts/shop-${version}.json` }));
  write(folder, INDEX_PATH, indexFile({ kinds: indexEntries(kinds), charts: indexed }));
  return folder;
}

test('a kind is found by its apiVersion, with its schema and what its references point at', () => {
  const registry = openRegistry([imported()]);
  const [stored] = compactCrd(widget);
  expect(registry.kind('example.com/v1', 'Widget')).toEqual(stored);
  expect(registry.kind('example.com/v1', 'Widget')).toBe(registry.kind('example.com/v1', 'Widget'));
});

test('an unserved version has a schema, and the kind says that it is not served', () => {
  const registry = openRegistry([imported()]);
  expect(registry.kind('example.com/v1alpha1', 'Widget')?.unserved).toEqual(['v1alpha1']);
  expect(registry.info('example.com', 'Widget')).toMatchObject({ served: ['v1', 'v1beta1'] });
});

test('an unknown kind, version or group is undefined', () => {
  const registry = openRegistry([imported(), '/nowhere']);
  expect(registry.kind('example.com/v9', 'Widget')).toBeUndefined();
  expect(registry.kind('example.org/v1', 'Widget')).toBeUndefined();
  expect(registry.info('example.com', 'Gadget')).toBeUndefined();
  expect(registry.infoOfCrd('gadgets.example.com')).toBeUndefined();
});

test('a kind is found by the name of its CRD', () => {
  expect(openRegistry([imported()]).infoOfCrd('widgets.example.com')?.kind).toBe('Widget');
});

test('the first folder that knows a kind wins', () => {
  const clusterWide = { ...widget, spec: { ...(widget['spec'] as JsonObject), scope: 'Cluster' } };
  const [first, second] = [imported(clusterWide), imported()];
  expect(openRegistry([first, second]).info('example.com', 'Widget')?.namespaced).toBe(false);
  expect(openRegistry([second, first]).info('example.com', 'Widget')?.namespaced).toBe(true);
});

test.each([
  ['1.2.0', '1.2.0'],
  ['1.9.9', '1.2.0'],
  ['v2.0.0', '2.0.0'],
  ['3.0.0', '2.0.0'],
  ['0.1.0', '1.2.0'],
  ['2.0.0-rc.1', '1.2.0'],
])('chart version %s is judged by version %s', (asked, known) => {
  expect(openRegistry([imported()]).chart('shop', asked)?.version).toBe(known);
});

test('a chart nobody imported is undefined', () => {
  expect(openRegistry([imported()]).chart('stop', '1.0.0')).toBeUndefined();
});

test('a CRD found in an estate wins over the imported one, all others stay', () => {
  const spec = widget['spec'] as JsonObject;
  const found = {
    ...widget,
    spec: { ...spec, versions: [{ name: 'v3', served: true, storage: true, schema: {} }] },
  };
  const below = openRegistry([imported()]);
  const registry = registryWith(below, [found, { apiVersion: 'v1', kind: 'ConfigMap' }]);
  expect(registry.info('example.com', 'Widget')?.served).toEqual(['v3']);
  expect(registry.kind('example.com/v3', 'Widget')?.root.properties).toHaveProperty('metadata');
  expect(registry.kind('example.com/v1', 'Widget')).toBeUndefined();
  expect(registry.infoOfCrd('widgets.example.com')?.served).toEqual(['v3']);
  expect(registry.chart('shop', '1.2.0')).toBe(below.chart('shop', '1.2.0'));
});

test('a CRD that cannot be read adds nothing', () => {
  const below = openRegistry([]);
  expect(
    registryWith(below, [{ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' }]),
  ).toBe(below);
});

test('a damaged index is an error that names the file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));
  write(folder, INDEX_PATH, '{');
  expect(() => openRegistry([folder])).toThrow(`${join(folder, INDEX_PATH)} cannot be read`);
});

test('a kind of which Kubernetes serves no version any more is known, without a served version', () => {
  const info = openRegistry([]).info('extensions', 'Ingress');
  expect(info).toMatchObject({ plural: 'ingresses', namespaced: true, served: [], unserved: ['v1beta1'] });
  expect(openRegistry([]).info('policy', 'PodSecurityPolicy')?.namespaced).toBe(false);
});

test('the package brings the core kinds', () => {
  const registry = openRegistry([packageImports()]);
  expect(registry.kind('apps/v1', 'Deployment')).toMatchObject({ plural: 'deployments', namespaced: true });
  expect(registry.info('', 'Namespace')?.namespaced).toBe(false);
  expect(registry.info('autoscaling', 'HorizontalPodAutoscaler')).toMatchObject({
    served: ['v2', 'v1'],
    unserved: ['v2beta1', 'v2beta2'],
  });
});
