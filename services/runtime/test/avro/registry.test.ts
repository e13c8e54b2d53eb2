import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { schemaRegistry } from '../../src/avro/registry';
import { Unavailable } from '../../src/errors';
import { memoryRegistry, type MemoryRegistry } from '../../src/testing';
import { registryContract } from './registry.contract';

let registry: MemoryRegistry;
beforeEach(() => {
  registry = memoryRegistry();
  jest.spyOn(globalThis, 'fetch').mockImplementation(registry.fetch);
});
afterEach(() => void jest.restoreAllMocks());

registryContract(() => 'http://registry');

test('a user and a password in the address are sent as they are meant, and in no other way', async () => {
  await schemaRegistry('http://me:p%40ss@registry/apis/').latest('a').catch(String);
  const [address, init] = jest.mocked(fetch).mock.calls[0] ?? [];
  expect(address).toBe('http://registry/apis/subjects/a/versions/latest');
  expect(new Headers(init?.headers).get('authorization')).toBe(`Basic ${btoa('me:p@ss')}`);
  await schemaRegistry('http://registry').latest('a');
  expect(new Headers(jest.mocked(fetch).mock.calls[1]?.[1]?.headers).has('authorization')).toBe(false);
});

test.each([
  [401, { error_code: 401 }],
  [404, '<html>'],
  [500, { error_code: 50_001 }],
  [503, ''],
])('%d is waited for', async (status, body) => {
  jest.mocked(fetch).mockImplementation(async () => new Response(JSON.stringify(body), { status }));
  const client = schemaRegistry('http://registry');
  await expect(client.byId(1)).rejects.toThrow(Unavailable);
  await expect(client.latest('a')).rejects.toThrow(Unavailable);
  await expect(client.register('a', '{}')).rejects.toThrow(Unavailable);
});
