import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { JsonObject } from '../../../src/estate';
import { conditionOf, type Lab, startLab } from '../../../src/lab';
import { labName } from '../names';
import { apply, eventually, MINUTES, podReady } from './asking';
import { client, storage, web } from './web';

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ name: labName('pods'), nodes: 3 });
  await lab.provideImages(['busybox:1.36']);
}, 5 * MINUTES);

afterAll(() => lab?.down(), MINUTES);

/** The answer to a request for a path: by `nc`, for the wget in Debian's static busybox crashes. */
const get = (pod: string, host: string, port: number, path = '/id'): Promise<string> =>
  shell(pod, `printf 'GET ${path} HTTP/1.0\\r\\n\\r\\n' | nc -w 3 ${host} ${port} | sed '1,/^.$/d'`);

const shell = (pod: string, script: string): Promise<string> =>
  lab.exec('default', pod, ['sh', '-c', script]);

async function answers(host: string, port: number): Promise<void> {
  await eventually(`${host} does not answer`, 20, async () => {
    const answered = await get('friend', host, port);
    return /^[0-9a-f-]{36}\n$/.test(answered) ? undefined : answered;
  });
}

test(
  'pods of production shape run, one on each real node, from an image that was built here',
  async () => {
    await apply(lab, ...web, client('friend', { role: 'friend' }), client('stranger', { role: 'stranger' }));
    for (const pod of ['web-0', 'web-1', 'web-2', 'friend', 'stranger']) await podReady(lab, pod);
    const pods = await lab.client.list('/api/v1/namespaces/default/pods?labelSelector=app=web');
    expect(new Set(pods.map(({ spec }) => spec?.['nodeName']))).toEqual(
      new Set(['node-1', 'node-2', 'node-3']),
    );
  },
  3 * MINUTES,
);

test(
  'names of pods and Services resolve and answer; every other name leads to the mirror, other addresses nowhere',
  async () => {
    for (const host of ['web-0.web', 'web-1.web.default.svc.cluster.local', 'front'])
      await answers(host, host === 'front' ? 80 : 8080);
    expect(await get('friend', 'charts.example.com', 80, '/index.yaml')).toContain('"apiVersion":"v1"');
    await expect(shell('friend', 'nslookup nothing.default.svc.cluster.local')).rejects.toThrow(
      'exit code 1',
    );
    await expect(shell('friend', 'nc -w 3 1.1.1.1 80')).rejects.toThrow(/timed out|unreachable/);
  },
  MINUTES,
);

test(
  'a volume keeps its data when its pod is deleted, and grows while it is in use',
  async () => {
    const id = await shell('web-0', 'cat /data/id');
    await lab.kubectl('delete', 'pod', 'web-0');
    await podReady(lab, 'web-0');
    expect(await shell('web-0', 'cat /data/id')).toBe(id);
    const claim = '/api/v1/namespaces/default/persistentvolumeclaims/data-web-0';
    await lab.api('PATCH', claim, { spec: storage('2Gi') });
    await eventually('the claim has not grown', 20, async () => {
      const found = await lab.client.find(claim);
      const size = (found?.status?.['capacity'] as { storage: string } | undefined)?.storage;
      return size === '2Gi' ? undefined : `it has ${size}`;
    });
  },
  2 * MINUTES,
);

test(
  'a volume and its data go with its claim',
  async () => {
    const claim = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'own', namespace: 'default' },
    };
    const user = client('user', {}) as { readonly spec: JsonObject };
    const volumes = [{ name: 'own', persistentVolumeClaim: { claimName: 'own' } }];
    await apply(
      lab,
      { ...claim, spec: { accessModes: ['ReadWriteOnce'], ...storage('1Gi') } },
      { ...user, spec: { ...user.spec, volumes } },
    );
    await podReady(lab, 'user');
    const bound = await lab.client.find('/api/v1/namespaces/default/persistentvolumeclaims/own');
    const volume = bound?.spec?.['volumeName'] as string;
    const node = (await lab.client.find('/api/v1/namespaces/default/pods/user'))?.spec?.[
      'nodeName'
    ] as string;
    const folder = join(lab.plan.folder, 'nodes', node, 'volumes', volume);
    expect(existsSync(folder)).toBe(true);
    await lab.kubectl('delete', 'pod/user', 'pvc/own');
    await eventually('the volume is still there', 30, async () =>
      (await lab.client.find(`/api/v1/persistentvolumes/${volume}`)) ? volume : undefined,
    );
    expect(existsSync(folder)).toBe(false);
  },
  2 * MINUTES,
);

test(
  'a NetworkPolicy lets through what it names and nothing else',
  async () => {
    await apply(lab, {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        podSelector: { matchLabels: { app: 'web' } },
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: { matchLabels: { role: 'friend' } } }], ports: [{ port: 8080 }] }],
      },
    });
    await eventually('strangers still get through', 30, async () => {
      const answered = await shell('stranger', 'nc -w 2 -z web-1.web 8080 && echo open').catch(
        () => undefined,
      );
      return answered;
    });
    for (const pod of ['web-0', 'web-1', 'web-2'])
      expect(await get('friend', `${pod}.web`, 8080)).not.toBe('');
    await lab.kubectl('delete', 'networkpolicy', 'web');
  },
  2 * MINUTES,
);

test(
  'a node whose power is cut is NotReady, and comes back with its pods and their data',
  async () => {
    await podReady(lab, 'web-1');
    const pod = await lab.client.find('/api/v1/namespaces/default/pods/web-1');
    const node = pod?.spec?.['nodeName'] as string;
    const id = await shell('web-1', 'cat /data/id');
    await lab.nodes.stop(node);
    await nodeIs(node, false);
    await lab.nodes.start(node);
    await nodeIs(node, true);
    await eventually('the pod does not answer', 60, async () => {
      const answered = await get('friend', 'web-1.web', 8080);
      return answered === id ? undefined : answered;
    });
    expect(await shell('web-1', 'cat /data/id')).toBe(id);
  },
  3 * MINUTES,
);

async function nodeIs(name: string, ready: boolean): Promise<void> {
  await eventually(`${name} is not ${ready ? 'Ready' : 'NotReady'}`, 90, async () => {
    const node = await lab.client.find(`/api/v1/nodes/${name}`);
    const status = node && conditionOf(node, 'Ready')?.status;
    return (status === 'True') === ready ? undefined : status;
  });
}
