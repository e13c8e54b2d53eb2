import { expect, test } from '@jest/globals';
import { Testing } from 'cdk8s';
import {
  Cluster,
  FluxApp,
  FluxChart,
  HelmRelease,
  ignore,
  Program,
  StatefulCluster,
  chart,
  keep,
} from '../../src';
import { compileApp } from '../../src/pipeline';
import type { JsonObject } from '../../src/estate';

function chartOf(props: ConstructorParameters<typeof Cluster>[2] = {}): FluxChart {
  return new FluxChart(new Cluster(new FluxApp(), 'test', props), 'shop', { namespace: 'shop' });
}

function kinds(made: FluxChart): string[] {
  return Testing.synth(made).map(
    ({ kind, metadata }: { kind: string; metadata: { name: string } }) => `${kind} ${metadata.name}`,
  );
}

function spec(made: FluxChart, kind: string): JsonObject {
  return (
    (Testing.synth(made) as { kind: string; spec: JsonObject }[]).find((one) => one.kind === kind)?.spec ?? {}
  );
}

const peers = {
  image: 'zookeeper:3.9.5',
  peers: 3,
  clientPorts: { client: 2181 },
  peerPorts: { follower: 2888 },
  storage: { '/data': '1Gi' },
  ready: { tcp: 'client' },
  resources: {},
} as const;

test('a program without a port is a Deployment alone', () => {
  const made = chartOf();
  new Program(made, 'worker', { image: 'worker:1' });
  expect(kinds(made)).toEqual(['Deployment shop-worker']);
});

test('a program that serves has a Service, and one that scales a budget and an autoscaler instead of a number', () => {
  const made = chartOf();
  const api = new Program(made, 'api', { image: 'api:1', port: 80, replicas: { min: 2, max: 4 } });
  expect(kinds(made)).toEqual([
    'Deployment shop-api',
    'Service shop-api',
    'PodDisruptionBudget shop-api',
    'HorizontalPodAutoscaler shop-api',
  ]);
  expect(api.endpoint).toBe('shop-api.shop.svc.cluster.local:80');
  expect(spec(made, 'Deployment')).not.toHaveProperty('replicas');
});

test('a change of a program’s files changes its pods', () => {
  const annotation = (text: string): unknown => {
    const made = chartOf();
    new Program(made, 'api', { image: 'api:1', files: { '/etc/api/settings': text } });
    return (spec(made, 'Deployment') as { template: { metadata: { annotations: unknown } } }).template
      .metadata.annotations;
  };
  expect(annotation('a')).toEqual(annotation('a'));
  expect(annotation('a')).not.toEqual(annotation('b'));
});

test('peers have names for life, a Service each and a Service for clients', () => {
  const made = chartOf();
  const cluster = new StatefulCluster(made, 'zk', peers);
  expect(kinds(made)).toEqual([
    'Service shop-zk-headless',
    'Service shop-zk',
    'PodDisruptionBudget shop-zk',
    'StatefulSet shop-zk',
  ]);
  expect(cluster.peers.hosts[2]).toBe('shop-zk-2.shop-zk-headless.shop.svc.cluster.local');
  expect(cluster.endpoint('client')).toBe('shop-zk.shop.svc.cluster.local:2181');
  expect(cluster.peerEndpoints('follower')[0]).toBe('shop-zk-0.shop-zk-headless.shop.svc.cluster.local:2888');
});

test('peers on a cluster for production never share a node, elsewhere they may', () => {
  const apart = (profile: 'lean' | 'ha'): string[] => {
    const made = chartOf({ profile });
    new StatefulCluster(made, 'zk', peers);
    const { template } = spec(made, 'StatefulSet') as {
      template: { spec: { affinity: { podAntiAffinity: object } } };
    };
    return Object.keys(template.spec.affinity.podAntiAffinity);
  };
  expect(apart('ha')).toEqual(['requiredDuringSchedulingIgnoredDuringExecution']);
  expect(apart('lean')).toEqual(['preferredDuringSchedulingIgnoredDuringExecution']);
});

test('what peers do before they stop, they are told', () => {
  const made = chartOf();
  new StatefulCluster(made, 'nats', { ...peers, beforeStop: ['nats-server', '--signal', 'ldm'] });
  const { template } = spec(made, 'StatefulSet') as { template: { spec: { containers: JsonObject[] } } };
  expect(template.spec.containers[0]?.['lifecycle']).toEqual({
    preStop: { exec: { command: ['nats-server', '--signal', 'ldm'] } },
  });
});

test('a program is reached from outside only where it says how', () => {
  const type = (serviceType?: 'NodePort'): unknown => {
    const made = chartOf();
    new Program(made, 'api', { image: 'api:1', port: 80, ...(serviceType ? { serviceType } : {}) });
    return spec(made, 'Service')['type'];
  };
  expect([type(), type('NodePort')]).toEqual([undefined, 'NodePort']);
});

test('a program has a token for the API server where it says as whom, and none elsewhere', () => {
  const pod = (serviceAccount?: string): unknown => {
    const made = chartOf();
    new Program(made, 'api', { image: 'api:1', ...(serviceAccount ? { serviceAccount } : {}) });
    return (spec(made, 'Deployment') as { template: { spec: unknown } }).template.spec;
  };
  expect(pod()).toMatchObject({ automountServiceAccountToken: false });
  expect(pod()).not.toHaveProperty('serviceAccountName');
  expect(pod('api')).toMatchObject({ serviceAccountName: 'api' });
  expect(pod('api')).not.toHaveProperty('automountServiceAccountToken');
});

test('a port that a cluster does not have is an error that names the ones it has', () => {
  const made = chartOf();
  expect(() => new StatefulCluster(made, 'zk', peers).endpoint('http')).toThrow('it has client');
});

const redis = (version: string) =>
  chart({ name: 'redis', version, repository: 'oci://registry.example.com/charts' });

test('releases of one chart share its source, others have their own', () => {
  const cluster = new Cluster(new FluxApp(), 'test');
  const made = new FluxChart(cluster, 'cache', { namespace: 'cache' });
  for (const [id, version] of Object.entries({ a: '1.0.0', b: '1.0.0', c: '2.0.0' }))
    new HelmRelease(made, id, { chart: redis(version) });
  expect(cluster.sources.node.children.map(({ node }) => node.id)).toEqual([
    'OCIRepository-redis-1.0.0',
    'OCIRepository-redis-2.0.0',
  ]);
});

test('a chart without a repository is an error that says what to write', () => {
  const made = chartOf();
  expect(() => new HelmRelease(made, 'a', { chart: chart({ name: 'redis', version: '1.0.0' }) })).toThrow(
    '{ repository }',
  );
});

test('what is kept is kept by Flux too', () => {
  const made = chartOf();
  new Program(made, 'api', { image: 'api:1', port: 80 });
  keep(made);
  const annotations = (Testing.synth(made) as { metadata: { annotations: JsonObject } }[]).map(
    ({ metadata }) => metadata.annotations['kustomize.toolkit.fluxcd.io/prune'],
  );
  expect(annotations).toEqual(['disabled', 'disabled']);
});

test('adding a chart changes no path of another', () => {
  const paths = (names: string[]): string[] => {
    const app = new FluxApp();
    const cluster = new Cluster(app, 'test');
    for (const name of names)
      new Program(new FluxChart(cluster, name, { namespace: name }), 'api', { image: 'api:1.0.0', port: 80 });
    return [...compileApp(app).tree.keys()];
  };
  const [before, after] = [paths(['b', 'd']), paths(['a', 'b', 'c', 'd'])];
  expect(before.filter((path) => !after.includes(path))).toEqual([]);
});

test('the order in which charts are made changes no file', () => {
  const tree = (names: string[]): Map<string, string> => {
    const app = new FluxApp();
    const cluster = new Cluster(app, 'test');
    const env = { UPSTREAM: 'b-api.b.svc.cluster.local:80' };
    for (const name of names)
      new Program(new FluxChart(cluster, name, { namespace: name }), 'api', {
        image: 'api:1.0.0',
        port: 80,
        env,
      });
    return new Map([...compileApp(app).tree].sort(([left], [right]) => (left < right ? -1 : 1)));
  };
  expect([...tree(['c', 'a', 'b'])]).toEqual([...tree(['a', 'b', 'c'])]);
});

test('to ignore a rule on a program or on peers is to ignore it on what runs their pods', () => {
  const made = chartOf();
  ignore(new Program(made, 'api', { image: 'api:1', port: 80 }), 'probe-missing', 'a reason');
  ignore(new StatefulCluster(made, 'zk', peers), 'immutable-field', 'another');
  const annotated = (Testing.synth(made) as { kind: string; metadata: { annotations?: object } }[])
    .map(({ kind, metadata }) => [kind, Object.keys(metadata.annotations ?? {})] as const)
    .filter(([, keys]) => keys.some((key) => key.startsWith('ignore.')));
  expect(annotated).toEqual([
    ['Deployment', ['ignore.fluxwright.dev/probe-missing']],
    ['StatefulSet', expect.arrayContaining(['ignore.fluxwright.dev/immutable-field'])],
  ]);
});

test('a construct of several objects says which of them could be meant', () => {
  const made = chartOf();
  new Program(made, 'api', { image: 'api:1' });
  expect(() => ignore(made, 'probe-missing', 'a reason')).toThrow(
    "test/shop is several objects, node.findChild('api/deployment'): ignore probe-missing on one of them",
  );
});

test('a program and peers may be called as somebody says', () => {
  const made = chartOf();
  const api = new Program(made, 'api', { name: 'checkout', image: 'api:1', port: 80 });
  new StatefulCluster(made, 'zk', { ...peers, name: 'zookeeper' });
  expect(api.endpoint).toBe('checkout.shop.svc.cluster.local:80');
  expect(kinds(made).map((one) => one.split(' ')[1])).toEqual([
    'checkout',
    'checkout',
    'zookeeper-headless',
    'zookeeper',
    'zookeeper',
    'zookeeper',
  ]);
});
