import { expect, test } from '@jest/globals';
import { ApiObject, Chart, JsonPatch, Lazy } from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import { KubeDeployment } from 'cdk8s-plus-27/lib/imports/k8s';
import { Cluster, FluxApp, FluxChart } from '../../src';
import type { EstateObject, Finding } from '../../src/estate';
import { render } from '../../src/render';
import { openRegistry, packageImports } from '../../src/schema/registry';

const registry = openRegistry([packageImports()]);

function rendered(build: (chart: FluxChart) => void): {
  objects: readonly EstateObject[];
  findings: readonly Finding[];
} {
  const app = new FluxApp();
  const chart = new FluxChart(new Cluster(app, 'test'), 'shop', { namespace: 'shop' });
  build(chart);
  const { estate, findings } = render(app, (group, kind) => registry.info(group, kind)?.namespaced);
  return { objects: estate.clusters[0]?.objects.filter(({ kind }) => kind !== 'Namespace') ?? [], findings };
}

const configMap = { apiVersion: 'v1', kind: 'ConfigMap' };

test('an object is rendered with sorted keys, its name from its path, and its chart’s namespace', () => {
  const { objects } = rendered(
    (chart) => new ApiObject(chart, 'settings', { ...configMap, data: { b: '1', a: '2' } }),
  );
  expect(JSON.stringify(objects[0]?.body)).toBe(
    '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"shop-settings","namespace":"shop"},"data":{"a":"2","b":"1"}}',
  );
  expect(objects[0]).toMatchObject({
    id: '/ConfigMap/shop/shop-settings',
    chart: 'shop',
    namespaceInherited: true,
  });
});

test('a cluster-scoped object does not get its chart’s namespace', () => {
  const { objects } = rendered(
    (chart) =>
      new ApiObject(chart, 'role', {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'ClusterRole',
        rules: [],
      }),
  );
  expect(objects[0]?.body['metadata']).toEqual({ name: 'shop-role' });
});

test('labels, annotations and patches that were added later are there', () => {
  const { objects } = rendered((chart) => {
    const object = new ApiObject(chart, 'settings', { ...configMap, metadata: { labels: { a: '1' } } });
    object.metadata.addLabel('b', '2');
    object.metadata.addAnnotation('note', 'x');
    object.addJsonPatch(JsonPatch.add('/data', { key: 'value' }));
  });
  expect(objects[0]?.body).toMatchObject({
    metadata: { labels: { a: '1', b: '2' }, annotations: { note: 'x' } },
    data: { key: 'value' },
  });
});

test('lazy values are produced', () => {
  const { objects } = rendered(
    (chart) =>
      new ApiObject(chart, 'settings', { ...configMap, data: { key: Lazy.any({ produce: () => 'late' }) } }),
  );
  expect(objects[0]?.body['data']).toEqual({ key: 'late' });
});

test.each([
  ['a Date', new Date(0), 'a Date'],
  ['a Map', new Map(), 'a Map'],
  ['a function', () => 1, 'a function'],
  ['NaN', Number.NaN, 'NaN'],
  ['a BigInt', 1n, 'a bigint'],
])('%s is not JSON, and the finding says where', (_, value, what) => {
  const { findings } = rendered(
    (chart) => new ApiObject(chart, 'settings', { ...configMap, data: { list: [{ key: value }] } }),
  );
  expect(findings).toMatchObject([
    { rule: 'not-json', path: 'data.list[0].key', message: `${what} is not JSON`, severity: 'error' },
  ]);
});

test('a null is dropped, but for Helm values, where it removes a default', () => {
  const spec = { values: { a: null, b: [{ c: null }] }, interval: null };
  const { objects } = rendered((chart) => {
    new ApiObject(chart, 'release', { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', spec });
    new ApiObject(chart, 'settings', { ...configMap, data: { a: null } });
  });
  expect(objects.map(({ body }) => body['spec'] ?? body['data'])).toEqual([
    { values: { a: null, b: [{ c: null }] } },
    {},
  ]);
});

test('constructs of cdk8s-plus render as they do in cdk8s', () => {
  const build = (chart: Chart): void => {
    const deployment = new plus.Deployment(chart, 'api', {
      containers: [{ image: 'api:1', portNumber: 80 }],
    });
    deployment.exposeViaService();
  };
  const { objects, findings } = rendered(build);
  const stock = new FluxChart(new Cluster(new FluxApp(), 'test'), 'shop', { namespace: 'shop' });
  build(stock);
  const expected = stock.node
    .findAll()
    .filter((one): one is ApiObject => ApiObject.isApiObject(one))
    .map((one) => one.toJson() as object);
  expect(objects.map(({ body }) => body)).toEqual(expected);
  expect(findings).toEqual([]);
});

test('a field that an imported class drops is reported', () => {
  const { findings } = rendered((chart) => {
    const spec = { replicas: 1, newField: { deep: true }, selector: {}, template: {} };
    new KubeDeployment(chart, 'api', { spec });
  });
  expect(findings.map(({ rule, path }) => `${rule} ${path}`)).toEqual(['lost-field spec.newField']);
});

test('an imported class that drops nothing is not accused', () => {
  const { findings } = rendered((chart) => {
    new KubeDeployment(chart, 'api', {
      spec: { selector: { matchLabels: { a: 'b' } }, template: { spec: { containers: [{ name: 'a' }] } } },
    });
  });
  expect(findings).toEqual([]);
});

test('a chart inside a chart is a unit of its own', () => {
  const { objects } = rendered(
    (chart) =>
      new ApiObject(new Chart(chart, 'cache'), 'settings', {
        ...configMap,
        metadata: { name: 'x', namespace: 'y' },
      }),
  );
  expect(objects[0]?.chart).toBe('shop-cache');
});

test('charts that stand under the app alone are in a cluster called default', () => {
  const app = new FluxApp();
  new ApiObject(new Chart(app, 'web'), 'settings', configMap);
  const { estate } = render(app, () => true);
  expect(estate.clusters.map(({ info }) => info.name)).toEqual(['default']);
});

test('an object knows the lines that made it', () => {
  const { objects } = rendered((chart) => new ApiObject(chart, 'settings', configMap));
  const [frame] = objects[0]?.origin.frames ?? [];
  expect(frame?.file).toBe(__filename);
  expect(frame?.line).toBeGreaterThan(1);
});

test('a List of cdk8s’s own Include is what it holds, in the chart’s namespace where it names none', () => {
  const { objects } = rendered(
    (chart) =>
      new ApiObject(chart, 'list', {
        apiVersion: 'v1',
        kind: 'List',
        items: [
          { ...configMap, metadata: { name: 'near' }, data: { a: 'b' } },
          { ...configMap, metadata: { name: 'far', namespace: 'other' } },
          { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'reader' } },
        ],
      }),
  );
  expect(objects.map(({ id }) => id)).toEqual([
    '/ConfigMap/shop/near',
    '/ConfigMap/other/far',
    'rbac.authorization.k8s.io/ClusterRole//reader',
  ]);
  expect(objects[0]?.body).toMatchObject({ metadata: { namespace: 'shop' }, data: { a: 'b' } });
});
