import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { imageFor, programImage, programs } from '../../../src/images/catalogue';
import { packageRoot } from '../../../src/images/folders';

const known = [
  'zookeeper:3.9.5',
  'apache/kafka:4.3.1',
  'hashicorp/consul:1.21.0',
  'nats:2.15.2-alpine',
  'natsio/jetstream-controller:0.23.0',
  'postgres:15',
  'busybox:1.36',
  'registry.k8s.io/pause:3.10',
];

test.each(known)('%s can be built under that name', (reference) => {
  expect(imageFor(reference)?.reference).toBe(reference);
});

test.each(known)('the folders and files that %s is made of are in this package', (reference) => {
  const sources = imageFor(reference)?.layers ?? [];
  const paths = sources.flatMap((source) =>
    source.kind === 'folder' ? source.from : source.kind === 'go-file' ? source.file : [],
  );
  expect(paths.filter((path) => !existsSync(join(packageRoot, path)))).toEqual([]);
});

test.each(known.filter((reference) => !reference.startsWith('busybox')))(
  '%s does not run as root',
  (reference) => {
    expect(imageFor(reference)?.config.user.uid).toBeGreaterThan(0);
  },
);

test('the whole name of an image is as good as the short one', () => {
  expect(imageFor('docker.io/library/zookeeper:3.9.5')?.layers).toEqual(imageFor('zookeeper:3.9.5')?.layers);
});

test.each([
  'zookeeper:3.8.0',
  'zookeeper',
  'quay.io/library/zookeeper:3.9.5',
  'apache/kafka:3.9.2',
  'nats:2.15.2',
  'postgres:18',
  'redis:7',
  'fluxwright/nobody:1',
  'zookeeper:3.9.5@sha256:0000000000000000000000000000000000000000000000000000000000000000',
])('%s cannot be built, and nothing pretends to be it', (reference) => {
  expect(imageFor(reference)).toBeUndefined();
});

test('the version in the tag is the version that is built', () => {
  const text = JSON.stringify(imageFor('zookeeper:3.9.4'));
  expect(text).toContain('org.apache.zookeeper:zookeeper:3.9.4');
  expect(text).toContain('/apache-zookeeper-3.9.4-bin/bin');
  expect(JSON.stringify(imageFor('apache/kafka:4.2.0'))).toContain('org.apache.kafka:kafka_2.13:4.2.0');
  expect(JSON.stringify(imageFor('nats:2.14.2-alpine'))).toContain('"version":"v2.14.2"');
  expect(JSON.stringify(imageFor('natsio/jetstream-controller:0.22.4'))).toContain('"version":"v0.22.4"');
});

test('each program of ours has an image of its own version, from any registry', () => {
  expect(programs()).toEqual(expect.arrayContaining(['api', 'worker', 'frontend', 'mysrv', 'balancer']));
  expect(programs()).not.toContain('runtime');
  expect(programImage('api').reference).toMatch(/^ghcr\.io\/fluxwright\/api:\d+\.\d+\.\d+$/);
  expect(imageFor('ghcr.io/somebody/fluxwright/api:7')).toEqual(
    programImage('api', 'ghcr.io/somebody/fluxwright/api:7'),
  );
});

test('a program that there is not is named with those that there are', () => {
  expect(() => programImage('nobody')).toThrow(
    /there is no program services\/nobody to build: the programs are api, /,
  );
});
