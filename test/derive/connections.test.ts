import { expect, test } from '@jest/globals';
import { Cluster, connects, FluxApp, FluxChart, mapIn, Program } from '../../src';
import { compileApp } from '../../src/pipeline';
import type { EstateObject } from '../../src/estate';

function programs(declare: (client: Program, server: Program) => void): EstateObject[] {
  const app = new FluxApp();
  const cluster = new Cluster(app, 'connections', { networkPolicies: true });
  const program = (name: string): Program =>
    new Program(new FluxChart(cluster, name, { namespace: name }), 'api', { image: 'api:1.0.0', port: 80 });
  declare(program('client'), program('server'));
  return [...compileApp(app).estate.clusters[0]!.objects];
}

function policies(objects: readonly EstateObject[]): string[] {
  return objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map(({ name }) => name)
    .toSorted();
}

test('a connection that was declared is opened at both ends, on its port, and puts nothing in order', () => {
  const objects = programs((client, server) => connects(client, server.endpoint));
  expect(policies(objects)).toEqual([
    'client-api',
    'client-api-to-server-server-api',
    'server-api',
    'server-api-from-client-client-api',
  ]);
  const into = objects.find(({ name }) => name === 'server-api-from-client-client-api')!;
  expect(mapIn(into.body, 'spec')['ingress']).toMatchObject([{ ports: [{ port: 80 }] }]);
  const unit = objects.find(({ kind, name }) => kind === 'Kustomization' && name === 'client')!;
  expect(JSON.stringify(unit.body)).not.toContain('"name":"server"');
});

test('without a word nobody talks to anybody', () => {
  expect(policies(programs(() => {}))).toEqual(['client-api', 'server-api']);
});
