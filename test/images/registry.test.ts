import { expect, test } from '@jest/globals';
import { parseChallenge, registryClient, schemeOf } from '../../src/images/registry';
import { withRegistry } from './registry-server';

test.each([
  ['localhost', 'http'],
  ['localhost:5000', 'http'],
  ['127.0.0.1:5000', 'http'],
  ['127.8.0.1', 'http'],
  ['[::1]:5000', 'http'],
  ['localhost.example', 'https'],
  ['127.0.0.1.example', 'https'],
  ['ghcr.io', 'https'],
])('%s is spoken to by %s', (registry, scheme) => {
  expect(schemeOf(registry, {})).toBe(scheme);
  expect(schemeOf(registry, { insecure: true })).toBe('http');
});

test('a challenge is read with and without quotes', () => {
  expect(
    parseChallenge('Bearer Realm="https://a/t?x=1,2", service=s,scope="repository:a:pull,push"'),
  ).toEqual({
    realm: 'https://a/t?x=1,2',
    service: 's',
    scope: 'repository:a:pull,push',
  });
});

test('without a password, a registry that asks for one is named', async () => {
  const environment = { ...process.env };
  process.env['DOCKER_CONFIG'] = '/nowhere';
  const asks = {
    intercept: (_: unknown, response: { writeHead: Function; end: Function }) => {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="r"' });
      response.end();
      return true;
    },
  };
  await withRegistry(asks, async ({ host }) => {
    const client = registryClient(host, 'app');
    await expect(client('/v2/', { method: 'GET' })).rejects.toThrow(
      `${host} wants to know who pushes: run docker login ${host}`,
    );
  });
  process.env = environment;
});
