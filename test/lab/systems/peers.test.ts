import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ApiError, type Lab } from '../../../src/lab';
import { prove } from '../proof';
import { asking, type System, systems } from './asking';
import type { Shown } from './inside/consul';
import { keeper } from './kept';
import { addressOf, CLUSTER, MINUTES, podsOf, podsReady, runningLab } from './running';

const [consul, zookeeper] = ['consul', 'zookeeper'].map((name) => systems.find((one) => one.name === name)!);
const quorums = systems.filter(({ name }) => name !== 'postgres');
const shown: string[] = [];
let lab: Lab;

beforeAll(async () => {
  lab = await runningLab();
}, 12 * MINUTES);

afterAll(() => {
  prove('peers', [`## Peers of cluster \`${CLUSTER}\`\n`, ...shown.map((line) => `- ${line}`), '']);
});

async function secretOf(name: string, key: string): Promise<string> {
  const secret = await lab.client.find(`/api/v1/namespaces/discovery/secrets/${name}`);
  const data = (secret?.['data'] ?? {}) as Readonly<Record<string, string>>;
  return Buffer.from(data[key] ?? '', 'base64').toString();
}

test(
  'servers of Consul take from each other nothing but TLS, with certificates of their own authority',
  async () => {
    const authority = await secretOf('consul-tls', 'ca.crt');
    const { pods, inside } = await asking(lab, consul!);
    for (const pod of pods) {
      const found = JSON.parse(await inside(pod, 'consul', authority)) as Shown;
      expect(found.refusesPlain).toBe(true);
      for (const names of [found.servers, found.https]) expect(names).toContain('DNS:server.dc1.consul');
      expect(found.dns.toSorted()).toEqual(pods.map(addressOf).toSorted());
    }
    shown.push(
      'Each server of Consul hangs up on who talks to port 8300 without TLS; there, and on 8443, it shows a certificate for `server.dc1.consul` of its own authority; on 8600, by DNS, it names all three.',
    );
  },
  2 * MINUTES,
);

test(
  'the gossip of Consul is encrypted with one key, which every server has',
  async () => {
    const key = await secretOf('consul-gossip', 'key');
    const { pods, exec } = await asking(lab, consul!);
    const keys = await exec(pods[0]!, 'consul', 'keyring', '-list-primary');
    const uses = [...keys.matchAll(/^\s+(\S+=) \[(\d)\/(\d)\]$/gm)].map(([, ...use]) => use);
    expect(uses).toEqual([
      [key, '3', '3'],
      [key, '3', '3'],
    ]);
    shown.push(
      'The gossip of Consul has one key, in use by 3 of 3 servers, within the datacenter and beyond.',
    );
  },
  MINUTES,
);

test(
  'ZooKeeper has a Service for clients and one that names each server',
  async () => {
    const { pods, exec } = await asking(lab, zookeeper!);
    const modes = async (...hosts: readonly string[]): Promise<readonly string[]> => {
      const ask = `for host in ${hosts.join(' ')}; do echo srvr | nc -w 2 $host 2181; done`;
      return (await exec(pods[0]!, 'bash', '-c', ask)).match(/^Mode: .*$/gm) ?? [];
    };
    const servers = pods.map(({ metadata }) => `${metadata.name}.zookeeper-headless`);
    expect((await modes(...servers)).toSorted()).toEqual([
      'Mode: follower',
      'Mode: follower',
      'Mode: leader',
    ]);
    expect(await modes('zookeeper')).toHaveLength(1);
  },
  MINUTES,
);

test.each(quorums.map((system): [string, System] => [system.name, system]))(
  'of %s no more than one pod can be evicted at a time',
  async (name, system) => {
    const evict = (pod: string): Promise<unknown> =>
      lab.api('POST', `/api/v1/namespaces/${system.namespace}/pods/${pod}/eviction`, {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name: pod, namespace: system.namespace },
      });
    const [first, second] = await podsOf(lab, system);
    await evict(first!.metadata.name);
    const refusal = await evict(second!.metadata.name).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ApiError);
    expect((refusal as ApiError).status).toBe(429);
    await podsReady(lab, ({ metadata }) => metadata.labels?.['app.kubernetes.io/name'] === name);
    await keeper(lab).isWhole(system);
    shown.push(
      `While one pod of ${name} was evicted, the eviction of another was refused: ${(refusal as ApiError).message}`,
    );
  },
  6 * MINUTES,
);
