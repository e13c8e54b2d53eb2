import { expect, test } from '@jest/globals';
import { Cluster, FluxApp, FluxChart, mapIn, Program } from '../../src';
import { compileApp } from '../../src/pipeline';

test('what opens a program to the outside is a policy of its own, which says nothing of the way out', () => {
  const cluster = new Cluster(new FluxApp(), 'outside', { networkPolicies: true });
  const chart = new FluxChart(cluster, 'shop', { namespace: 'shop' });
  new Program(chart, 'web', { image: 'web:1.0.0', port: 80, serviceType: 'NodePort' });
  const app = cluster.node.root as FluxApp;
  const policies = compileApp(app).estate.clusters[0]!.objects.filter(({ kind }) => kind === 'NetworkPolicy');
  const specs = Object.fromEntries(policies.map(({ name, body }) => [name, mapIn(body, 'spec')]));
  expect(Object.keys(specs)).toEqual(['shop-web', 'shop-web-from-outside']);
  expect(specs['shop-web']).toMatchObject({ policyTypes: ['Ingress', 'Egress'] });
  expect(specs['shop-web']).not.toHaveProperty('ingress');
  expect(specs['shop-web-from-outside']).toMatchObject({
    policyTypes: ['Ingress'],
    ingress: [{ ports: [{ port: 80, protocol: 'TCP' }] }],
  });
});
