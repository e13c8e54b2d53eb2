import { ApiObject } from 'cdk8s';
import { expect, test } from '@jest/globals';
import { Cluster } from '../../src/construct/cluster';
import { FluxApp } from '../../src/construct/flux-app';
import { FluxChart } from '../../src/construct/flux-chart';
import type { Estate } from '../../src/estate';
import { dot, drawable, graphOf, html, mermaid, svg } from '../../src/graph';
import { compileApp } from '../../src/pipeline';

const placeOf = (): string => 'charts/shop.ts:1';

/** A shop that needs a ConfigMap of another chart to start, and talks to a Service of a third one. */
function estate(): Estate {
  const app = new FluxApp();
  const cluster = new Cluster(app, 'test');
  const settings = new FluxChart(cluster, 'settings', { namespace: 'shop' });
  new ApiObject(settings, 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
  const data = new FluxChart(cluster, 'data', { namespace: 'data' });
  new ApiObject(data, 'db', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'db' },
    spec: { ports: [{ port: 1 }] },
  });
  const shop = new FluxChart(cluster, 'shop', { namespace: 'shop' });
  const env = [{ name: 'DB', value: 'db.data.svc:1' }];
  const envFrom = [{ configMapRef: { name: 'settings' } }];
  new ApiObject(shop, 'pod', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'shop' },
    spec: { containers: [{ name: 'a<b>"c', image: 'x:1', env, envFrom }] },
  });
  return compileApp(app).estate;
}

test('units are nodes, and each arrow knows the fields that make it', () => {
  const { nodes, edges } = drawable(graphOf(estate(), { objects: false, placeOf }));
  expect(nodes.map(({ id, objects }) => `${id} ${objects}`)).toEqual([
    'test/data 1',
    'test/settings 1',
    'test/shop 1',
  ]);
  const found = edges.map(({ from, to, strength, waits }) => ({ from, to, strength, waits }));
  expect(found).toContainEqual({ from: 'test/shop', to: 'test/settings', strength: 'start', waits: true });
  expect(found).toContainEqual({ from: 'test/shop', to: 'test/data', strength: 'runtime', waits: true });
  expect(edges.find(({ to }) => to === 'test/data')?.needs).toEqual([
    {
      from: 'Pod shop/shop',
      to: 'Service data/db',
      path: 'spec.containers[0].env[0].value',
      strength: 'runtime',
      place: 'charts/shop.ts:1',
    },
  ]);
});

test('the whole graph knows the Namespaces, the drawing leaves them out', () => {
  const whole = graphOf(estate(), { objects: false, placeOf });
  expect(whole.edges.filter(({ to }) => to === 'test/namespaces')).toHaveLength(3);
  expect(drawable(whole).edges).toHaveLength(2);
});

test('objects are nodes where they are asked for, but for those that hang on nothing', () => {
  const graph = graphOf(estate(), { objects: true, placeOf });
  expect(drawable(graph).nodes.map(({ label }) => label)).toEqual([
    'Service data/db',
    'ConfigMap shop/settings',
    'Pod shop/shop',
  ]);
  expect(graph.nodes.map(({ label }) => label)).toContain('Namespace shop');
});

test('one cluster alone may be shown', () => {
  const one = estate().clusters[0]!;
  const two: Estate = { clusters: [one, { ...one, info: { ...one.info, name: 'other' } }] };
  const { nodes } = graphOf(two, { objects: false, placeOf, cluster: 'other' });
  expect(new Set(nodes.map(({ cluster }) => cluster))).toEqual(new Set(['other']));
});

test('Mermaid gets an arrow for each need', () => {
  expect(mermaid(drawable(graphOf(estate(), { objects: false, placeOf })))).toBe(`graph RL
  subgraph c0["test"]
    n0["data"]
    n1["settings"]
    n2["shop"]
  end
  n2 -.-> n0
  n2 --> n1
`);
});

test('Graphviz can lay out what it is given', async () => {
  const graph = drawable(graphOf(estate(), { objects: true, placeOf }));
  expect(dot(graph)).toContain('n2 -> n1 [id=e1 class=start');
  const drawing = await svg(graph);
  expect(drawing.match(/<g id="n\d+" class="node">/g)).toHaveLength(3);
  expect(drawing.match(/<g id="e\d+" class="edge \w+">/g)).toHaveLength(2);
});

test('the page holds all that it needs, and nothing of it can end its script', async () => {
  const graph = graphOf(estate(), { objects: false, placeOf: () => '</script><b>' });
  const page = await html(drawable(graph), 'a <title>');
  expect(page).not.toMatch(/(?:src|href)="(?!data:|#)/);
  expect(page).toContain('<title>a &lt;title></title>');
  const data = /<script type="application\/json" id="data">([^]*?)<\/script>/.exec(page)?.[1] ?? '';
  expect(JSON.parse(data)).toEqual(drawable(graph));
});
