import { expect, test } from '@jest/globals';
import { ApiObject } from 'cdk8s';
import {
  annotationsOf,
  Cluster,
  type EstateObject,
  FluxApp,
  FluxChart,
  keep,
  mapIn,
  Program,
} from '../../src';
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

function cron(
  chart: FluxChart,
  name: string,
  labels: { readonly [key: string]: string },
  api: Program,
): void {
  const container = {
    name: 'main',
    image: 'nightly:1.0.0',
    env: [{ name: 'API', value: `http://${api.endpoint}` }],
  };
  const template = { metadata: { labels }, spec: { restartPolicy: 'Never', containers: [container] } };
  new ApiObject(chart, `cron-${name}`, {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name },
    spec: { schedule: '@daily', jobTemplate: { spec: { template } } },
  });
  new ApiObject(chart, `job-${name}`, {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: `${name}-3f9a12c4` },
    spec: { template },
  });
}

function policiesWith(build: (chart: FluxChart, api: Program) => void): Map<string, EstateObject['body']> {
  const cluster = new Cluster(new FluxApp(), 'policies', { networkPolicies: true });
  const chart = new FluxChart(cluster, 'shop', { namespace: 'shop' });
  build(chart, new Program(chart, 'api', { image: 'api:1.0.0', port: 80 }));
  const { objects } = compileApp(cluster.node.root as FluxApp).estate.clusters[0]!;
  return new Map(
    objects.filter(({ kind }) => kind === 'NetworkPolicy').map(({ name, body }) => [name, body]),
  );
}

test('pods without labels open nothing for their whole namespace', () => {
  const policies = policiesWith((chart, api) => cron(chart, 'nightly', {}, api));
  const open = [...policies].filter(([, body]) => JSON.stringify(body).includes('"matchLabels":{}'));
  expect(open.map(([name]) => name)).toEqual(['nightly']);
  expect(policies.get('nightly')).toMatchObject({
    spec: { egress: [{ ports: [{ port: 53 }, { port: 53 }] }] },
  });
  expect(policies.get('shop-api-from-shop-nightly-3f9a12c4')?.['spec']).toMatchObject({
    ingress: [
      {
        from: [{ podSelector: { matchLabels: { 'batch.kubernetes.io/job-name': 'nightly-3f9a12c4' } } }],
      },
    ],
  });
  expect([...policies.keys()]).not.toContain('shop-api-from-shop-nightly');
});

test('two workloads of one name have each their own policies', () => {
  const policies = policiesWith((chart, api) => cron(chart, 'shop-api', { app: 'cron' }, api));
  const selected = (name: string) => mapIn(policies.get(name) ?? {}, 'spec', 'podSelector');
  expect(selected('shop-api')).toEqual({ matchLabels: { 'app.kubernetes.io/name': 'shop-api' } });
  expect(selected('shop-api-cronjob')).toEqual({ matchLabels: { app: 'cron' } });
  expect(policies.has('shop-api-cronjob-to-shop-shop-api')).toBe(true);
});

test('what Flux is told to keep of a workload it keeps of its policies, so that both can move', () => {
  const policies = policiesWith((chart, api) => {
    cron(chart, 'nightly', { app: 'cron' }, api);
    keep(api);
  });
  const kept = [...policies].filter(([, body]) =>
    Object.hasOwn(annotationsOf(body), 'kustomize.toolkit.fluxcd.io/prune'),
  );
  expect(kept.map(([name]) => name)).toEqual(['shop-api']);
});
