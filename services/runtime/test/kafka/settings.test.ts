import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { kafkaSettings, tlsOf } from '../../src/kafka/settings';

const schema = z.object(kafkaSettings);

test('brokers are a list', () => {
  expect(schema.parse({ BROKERS: 'a.queuing.svc:9092, b.queuing.svc:9092' }).BROKERS).toEqual([
    'a.queuing.svc:9092',
    'b.queuing.svc:9092',
  ]);
});

test.each(['kafka', 'kafka:', 'http://kafka:9092', 'kafka:9092,', ':9092', 'kafka:99999'])(
  '%j is no list of brokers',
  (BROKERS) => {
    expect(schema.safeParse({ BROKERS }).success).toBe(false);
  },
);

test('without files there is no TLS; what is set is read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tls-'));
  const path = (name: string): string => join(folder, name);
  for (const name of ['ca', 'cert', 'key']) writeFileSync(path(name), name);
  const BROKERS = ['kafka:9093'];
  expect(tlsOf({ BROKERS })).toBeUndefined();
  expect(tlsOf({ BROKERS, KAFKA_CA_FILE: path('ca') })).toEqual({ ca: Buffer.from('ca') });
  expect(
    tlsOf({ BROKERS, KAFKA_CA_FILE: path('ca'), KAFKA_CERT_FILE: path('cert'), KAFKA_KEY_FILE: path('key') }),
  ).toEqual({
    ca: Buffer.from('ca'),
    cert: Buffer.from('cert'),
    key: Buffer.from('key'),
  });
  expect(tlsOf({ BROKERS, KAFKA_CERT_FILE: path('cert'), KAFKA_KEY_FILE: path('key') })).toEqual({
    cert: Buffer.from('cert'),
    key: Buffer.from('key'),
  });
});

test('a certificate without its key is no identity', () => {
  for (const one of [{ KAFKA_CERT_FILE: '/cert' }, { KAFKA_KEY_FILE: '/key', KAFKA_CA_FILE: '/ca' }])
    expect(() => tlsOf({ BROKERS: ['kafka:9093'], ...one })).toThrow('set both, or neither');
});
