import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { accessOf, natsSettings } from '../../src/nats';

const schema = z.object(natsSettings);

test('servers are a list, and a stream is a choice', () => {
  expect(schema.parse({ NATS_URL: 'nats://a:4222, tls://b:4222' })).toEqual({
    NATS_URL: ['nats://a:4222', 'tls://b:4222'],
  });
  expect(schema.parse({ NATS_URL: 'nats://a:4222', STREAM: 'HELLO' }).STREAM).toBe('HELLO');
});

test.each(['a:4222', 'http://a:4222', 'nats://', 'nats://a:4222,', 'nats://a:99999'])(
  '%j is no list of servers',
  (NATS_URL) => {
    expect(schema.safeParse({ NATS_URL }).success).toBe(false);
  },
);

test.each(['HELLO.>', 'TWO WORDS', '*'])('%j is no name of a stream', (STREAM) => {
  expect(schema.safeParse({ NATS_URL: 'nats://a:4222', STREAM }).success).toBe(false);
});

test('a user in an address is who connects, and no part of where', () => {
  const NATS_URL = ['nats://bob:pass%40word@one:4222', 'nats://two'];
  expect(accessOf({ NATS_URL })).toEqual({
    servers: ['nats://one:4222', 'nats://two'],
    user: 'bob',
    pass: 'pass@word',
  });
  expect(accessOf({ NATS_URL: ['tls://one:4222'] })).toEqual({ servers: ['tls://one:4222'] });
});
