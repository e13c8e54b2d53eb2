import { expect, test } from '@jest/globals';
import { ApiObject } from 'cdk8s';
import { type Cluster, type FluxApp, FluxChart } from 'fluxwright';
import { Memory } from '../../src/estate';
import { type CompiledApp, compileApp, projectRegistry } from '../../src/pipeline';
import { goldenApp } from './golden-app';

const registry = projectRegistry('imports');

/** The golden estate, with one object more that is written in another way every time. */
function edited(edit: (cluster: Cluster) => void): FluxApp {
  const app = goldenApp();
  edit(app.node.children[0] as Cluster);
  return app;
}

function service(cluster: Cluster, port: unknown): void {
  const chart = new FluxChart(cluster, 'edited', { namespace: 'edited' });
  new ApiObject(chart, 'space', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'edited' } });
  const url = `http://web.edited.svc:${String(port)}`;
  new ApiObject(chart, 'web', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', annotations: { url } },
    spec: { ports: [{ port }] },
  });
}

function crd(cluster: Cluster, type: string): void {
  const chart = new FluxChart(cluster, 'kinds');
  const openAPIV3Schema = {
    type: 'object',
    properties: { spec: { type: 'object', properties: { size: { type } } } },
  };
  new ApiObject(chart, 'crd', {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'boxes.example.com' },
    spec: {
      group: 'example.com',
      names: { kind: 'Box', plural: 'boxes' },
      scope: 'Cluster',
      versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema } }],
    },
  });
  const box = { apiVersion: 'example.com/v1', kind: 'Box', metadata: { name: 'one' }, spec: { size: 3 } };
  new ApiObject(chart, 'box', box);
}

function shown({ tree, findings }: CompiledApp): unknown {
  return { tree: Object.fromEntries(tree), findings };
}

test('who remembers the last run comes to the same result as who does not', () => {
  const memory = new Memory();
  const edits: ((cluster: Cluster) => void)[] = [
    () => {},
    (cluster) => service(cluster, 80),
    (cluster) => service(cluster, 80),
    (cluster) => service(cluster, 'eighty'),
    (cluster) => service(cluster, 443),
    () => {},
    (cluster) => crd(cluster, 'integer'),
    (cluster) => crd(cluster, 'string'),
    (cluster) => crd(cluster, 'integer'),
  ];
  const wrong = edits.map((edit) => {
    const remembered = shown(compileApp(edited(edit), { registry, memory }));
    const anew = compileApp(edited(edit), { registry });
    expect(remembered).toEqual(shown(anew));
    return anew.findings.filter(({ rule }) => rule === 'schema').length;
  });
  expect(wrong).toEqual([0, 0, 0, 1, 0, 0, 0, 1, 0]);
});
