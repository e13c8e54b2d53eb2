import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../../src/estate';
import { base, firing, set } from '../support';

const container = 'spec.template.spec.containers[0]';
const living = (image: string, livenessProbe: JsonObject) =>
  set(
    set(base(), 'StatefulSet data/zookeeper', `${container}.image`, image),
    'StatefulSet data/zookeeper',
    `${container}.livenessProbe`,
    livenessProbe,
  );
const exec = (...command: string[]) => ({ exec: { command } });
const get = (path: string) => ({ httpGet: { path, port: 2181 } });

test.each<[string, JsonObject]>([
  ['zookeeper:3.9.5', exec('sh', '-c', 'echo srvr | nc localhost 2181 | grep Mode')],
  ['zookeeper:3.9.5', exec('zkServer.sh', 'status')],
  ['hashicorp/consul:2.0.3', get('/v1/status/leader')],
  ['quay.io/coreos/etcd:v3.6.1', exec('etcdctl', 'endpoint', 'health')],
  ['quay.io/coreos/etcd:v3.6.1', get('/health')],
  ['nats:2.14.2', get('/healthz')],
  ['hashicorp/vault:1.20.0', get('/v1/sys/health')],
])('%s with %j is found', (image, probe) => {
  expect(firing(living(image, probe))).toEqual(['liveness-tests-quorum']);
});

test.each<[string, JsonObject]>([
  ['quay.io/coreos/etcd:v3.6.1', get('/livez')],
  ['quay.io/coreos/etcd:v3.6.1', get('/health?serializable=true')],
  ['nats:2.14.2', get('/healthz?js-enabled-only=true')],
  ['hashicorp/consul:2.0.3', { tcpSocket: { port: 8500 } }],
  ['example/api:1.0.0', get('/healthz')],
])('%s with %j is fine', (image, probe) => {
  expect(firing(living(image, probe))).toEqual([]);
});
