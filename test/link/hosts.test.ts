import { expect, test } from '@jest/globals';
import { hostsIn } from '../../src/link/hosts';

const hosts = (text: string) => hostsIn(text, 'cluster.local');

test('a Service is named with or without the cluster’s domain', () => {
  const kafka = { service: 'kafka', namespace: 'queuing' };
  expect(hosts('kafka.queuing.svc')).toEqual([kafka]);
  expect(hosts('http://kafka.queuing.svc.cluster.local/path')).toEqual([kafka]);
});

test('the port behind a name is a part of what it says', () => {
  expect(hosts('kafka.queuing.svc:9092')).toEqual([{ service: 'kafka', namespace: 'queuing', port: 9092 }]);
});

test('the name of a pod in front of it does not matter', () => {
  expect(hosts('server.1=zk-0.zk-headless.data.svc.cluster.local:2888:3888')).toEqual([
    { service: 'zk-headless', namespace: 'data', port: 2888 },
  ]);
});

test('one text may name several', () => {
  expect(hosts('["a.x.svc:1","b.y.svc:2"]').map(({ service }) => service)).toEqual(['a', 'b']);
});

test('a name in another cluster’s domain is somebody else’s', () => {
  expect(hosts('kafka.queuing.svc.other.example')).toEqual([]);
  expect(hostsIn('kafka.queuing.svc.other.example', 'other.example')).toHaveLength(1);
});

test('words that only look alike are no names', () => {
  expect(hosts('see app.example.svcs and foo.svc')).toEqual([]);
});
