import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { kindOf, listIn, mapIn, podTemplateOf, textIn } from '../../src/estate';
import { readFolder } from '../../src/lab/lab';
import { opsTree } from '../../src/ops';
import { allowedIn, clusterOf, compileMain, millicoresOf, workloadsOf } from './support';

const root = join(__dirname, '..', '..');
const compiled = compileMain();
const lab = clusterOf(compiled, 'lab');

test('nothing is wrong with the estate', () => {
  expect(compiled.findings.map(({ rule, message }) => `${rule}: ${message}`)).toEqual([]);
});

test('what is committed is what the program makes', () => {
  const committed = readFolder(join(root, 'dist'));
  expect([...committed.keys()].toSorted()).toEqual([...compiled.tree.keys()].toSorted());
  for (const [path, text] of compiled.tree)
    expect({ path, text }).toEqual({ path, text: committed.get(path) });
  for (const [path, text] of opsTree(compiled.estate.clusters.map(({ info }) => info))) {
    const file = join(root, 'ops', path);
    expect({ path, text: existsSync(file) && readFileSync(file, 'utf8') }).toEqual({ path, text });
  }
});

test('everything that the lab’s objects name is there', () => {
  const missing = lab.references.filter(({ verdict }) => verdict !== 'present');
  expect(missing.map(({ from, target }) => [from, target])).toEqual([]);
});

test('every member of a quorum is told who all the others are', () => {
  const quorums = lab.objects.filter(
    ({ body }) => textIn(body, 'metadata', 'annotations', 'fluxwright.dev/quorum') === 'majority',
  );
  expect(quorums.map(({ name }) => name).toSorted()).toEqual(['consul', 'kafka', 'nats', 'zookeeper']);
  for (const set of quorums) {
    const { name, namespace } = set;
    const configuration = lab.objects.find((object) => object.name === `${name}-config`);
    const told = JSON.stringify([set.body, configuration?.body]);
    for (const ordinal of [0, 1, 2])
      expect(told).toContain(`${name}-${ordinal}.${name}-headless.${namespace}.svc.cluster.local`);
    expect(mapIn(set.body, 'spec')).toMatchObject({ replicas: 3, podManagementPolicy: 'Parallel' });
  }
});

test('a change of the servers’ configuration rolls them', () => {
  for (const name of ['consul', 'nats', 'zookeeper']) {
    const set = lab.objects.find((object) => object.name === name && object.kind === 'StatefulSet')!;
    expect(podTemplateOf(set)?.annotations).toHaveProperty(['fluxwright.dev/config']);
  }
});

test('consul’s servers know each other by certificates of their own authority', () => {
  const config = lab.objects.find(({ name }) => name === 'consul-config')!;
  const settings = JSON.parse(textIn(config.body, 'data', 'consul.config.server.json')!) as object;
  expect(settings).toMatchObject({
    bootstrap_expect: 3,
    tls: {
      defaults: { ca_file: '/consul/tls/ca.crt' },
      internal_rpc: { verify_incoming: true, verify_outgoing: true, verify_server_hostname: true },
    },
  });
  const certificate = lab.objects.find(({ name }) => name === 'consul-tls')!;
  expect(listIn(certificate.body, 'spec', 'dnsNames')).toEqual(
    expect.arrayContaining(['server.dc1.consul', 'localhost']),
  );
  expect(listIn(certificate.body, 'spec', 'ipAddresses')).toEqual(['127.0.0.1']);
});

test('no secret is in the repository, and each one that pods need can be made up', () => {
  expect(lab.objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  const generated = lab.info.externals.filter(({ kind }) => kind === 'Secret');
  expect(generated.map(({ namespace, name, generate }) => [namespace, name, generate])).toEqual([
    ['discovery', 'consul-gossip', { key: 'base64:32' }],
    ['shop', 'postgres', { password: 'hex:24' }],
  ]);
});

test('topics are made by Jobs whose names change with what they do', () => {
  const jobs = lab.objects.filter((object) => kindOf(object) === 'batch/Job');
  const topics = jobs.map(({ body }) =>
    Array.from(JSON.stringify(body).matchAll(/--topic '([^']+)'/g), ([, topic]) => topic),
  );
  expect(topics.map((names) => names.join(' ')).toSorted()).toEqual([
    'erboh-ratings erboh-ratings.dead-letters',
    'messages messages.dead-letters',
  ]);
  for (const { name } of jobs) expect(name).toMatch(/-topics-[0-9a-f]{8}$/);
});

test('one node of two cores has room for all pods of the lab, and for one more of each program while it is rolled', () => {
  const total = workloadsOf(lab).reduce((sum, workload) => sum + millicoresOf(workload), 0);
  expect(total).toBeLessThan(1_700);
});

test.each(['kind', 'lab'])(
  'a stream of NATS has a copy on each server of cluster %s, and comes after NATS',
  (name) => {
    const cluster = clusterOf(compiled, name);
    const stream = cluster.objects.find((object) => object.kind === 'Stream');
    expect(mapIn(stream?.body, 'spec')).toMatchObject({
      subjects: ['messages'],
      replicas: 3,
      storage: 'file',
    });
    const operator = cluster.units.find((unit) => unit.name === 'nats-streams');
    expect(operator?.dependsOn).toContain('nats');
  },
);

test('where a chart brings the kind of a stream, the stream comes after it', () => {
  const kind = clusterOf(compiled, 'kind');
  const stream = kind.units.find((unit) => unit.name === 'nats-streams-custom');
  expect(stream?.dependsOn).toContain('nats-streams');
});

const inside = {
  consul: [8300, 8301, '8301/UDP', 8302, '8302/UDP', 8443, 8500, 8600, '8600/UDP'],
  kafka: [9092, 9093, 9094],
  nats: [4222, 6222, 8222],
  zookeeper: [2181, 2888, 3888, 7000],
};

const partners = ['customers', 'fulfillment', 'inventory', 'payments'];
const services = [...partners, 'exchanges', 'orders', 'users'];

const connections: readonly string[] = [
  ...Object.entries(inside).flatMap(([name, ports]) => ports.map((port) => `${name} -> ${name}:${port}`)),
  ...['publishing-api', 'publishing-worker', 'publishing-topics'].map((name) => `${name} -> kafka:9092`),
  ...['ratings-producer', 'ratings-consumer', 'ratings-topics'].map((name) => `${name} -> kafka:9092`),
  ...['hello-producer', 'hello-consumer'].map((name) => `${name} -> nats:4222`),
  'nack -> nats:4222',
  'mysrv -> consul:8500',
  'mysrv-balancer -> consul:8500',
  'consul -> mysrv:3000',
  'mysrv-balancer -> mysrv:3000',
  ...services.map((name) => `shop-${name} -> postgres:5432`),
  ...services.map((name) => `shop-frontend -> shop-${name}:4000`),
  ...partners.map((name) => `shop-orders -> shop-${name}:4000`),
  ...[...partners, 'orders'].map((name) => `shop-exchanges -> shop-${name}:4000`),
];

test('the lab’s firewall lets through what is used, and nothing more', () => {
  expect(allowedIn(lab)).toEqual(connections.toSorted());
});

test('out of the lab’s namespaces lead names alone, and for NACK the API server', () => {
  const policies = lab.objects.filter(({ kind }) => kind === 'NetworkPolicy');
  const blocks = policies.flatMap(({ name, body }) =>
    listIn(body, 'spec', 'egress').flatMap((rule) =>
      listIn(rule, 'to').flatMap((peer) => {
        const cidr = textIn(peer, 'ipBlock', 'cidr');
        return cidr === undefined ? [] : [{ name, cidr, ports: listIn(rule, 'ports') }];
      }),
    ),
  );
  const cidr = '10.250.0.1/32';
  const names = { cidr, ports: [{ port: 53 }, { port: 53 }] };
  const expected = workloadsOf(lab).flatMap(({ name }) => [
    { name, ...names },
    ...(name === 'nack' ? [{ name, cidr, ports: [{ port: 6443 }] }] : []),
  ]);
  const byName = (a: { readonly name: string }, b: typeof a): number =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
  expect(blocks.toSorted(byName)).toMatchObject(expected.toSorted(byName));
});
