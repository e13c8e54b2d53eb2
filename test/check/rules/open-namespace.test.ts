import { expect, test } from '@jest/globals';
import { Cluster, FluxApp, FluxChart, HelmRelease, ignore, Program } from '../../../src';
import { ApiObject } from 'cdk8s';
import { compileForTest, type TestEstate } from '../../../src/testing';

const redis = { name: 'redis', version: '20.6.2', repository: 'oci://registry.example.com/charts' };

interface Wanted {
  readonly networkPolicies?: boolean;
  readonly cacheIn?: string;
  readonly reason?: string;
}

function shop({ networkPolicies = true, cacheIn = 'shop', reason }: Wanted): TestEstate {
  const cluster = new Cluster(new FluxApp(), 'test', { networkPolicies });
  const chart = new FluxChart(cluster, 'shop', { namespace: 'shop' });
  new Program(chart, 'api', { image: 'ghcr.io/example/api:1.0.0', port: 80 });
  const cache = new HelmRelease(new FluxChart(cluster, 'cache', { namespace: cacheIn }), 'redis', {
    chart: redis,
  });
  if (reason !== undefined) ignore(cache, 'open-namespace', reason);
  return compileForTest(cluster.node.root as FluxApp);
}

const found = ({ findings }: TestEstate) => findings.filter(({ rule }) => rule === 'open-namespace');

test('a namespace that stays open because of a chart is said, with what stays open in it', () => {
  expect(found(shop({}))).toMatchObject([
    {
      severity: 'note',
      object: { kind: 'HelmRelease', name: 'cache-redis' },
      message:
        'shop stays open: nobody knows which pods HelmRelease shop/cache-redis runs there, so there are no network policies for Deployment shop/shop-api',
    },
  ]);
});

test('a chart in a namespace of its own keeps no other namespace open', () => {
  expect(found(shop({ cacheIn: 'cache' }))).toEqual([]);
});

test('a cluster that asks for no network policies hears nothing of open namespaces', () => {
  expect(found(shop({ networkPolicies: false }))).toEqual([]);
});

test('who has written the policies by hand says so, and hears nothing of the namespace', () => {
  expect(found(shop({ reason: 'closed by policies/cache.yaml' }))).toEqual([]);
});

function nightly(labels: { readonly [key: string]: string }): TestEstate {
  const cluster = new Cluster(new FluxApp(), 'test', { networkPolicies: true });
  const chart = new FluxChart(cluster, 'shop', { namespace: 'shop' });
  const api = new Program(chart, 'api', { image: 'ghcr.io/example/api:1.0.0', port: 80 });
  const env = [{ name: 'API', value: api.endpoint }];
  const spec = { restartPolicy: 'Never', containers: [{ name: 'a', image: 'ghcr.io/example/a:1.0.0', env }] };
  new ApiObject(chart, 'nightly', {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    spec: { schedule: '@daily', jobTemplate: { spec: { template: { metadata: { labels }, spec } } } },
  });
  return compileForTest(cluster.node.root as FluxApp);
}

test('pods without labels that call somebody are said: no policy can mean them alone', () => {
  expect(found(nightly({}))).toMatchObject([
    {
      severity: 'warning',
      object: { name: 'shop-nightly' },
      path: 'spec.jobTemplate.spec.template.metadata.labels',
    },
  ]);
});

test('pods with labels are meant by them', () => {
  expect(found(nightly({ app: 'nightly' }))).toEqual([]);
});
