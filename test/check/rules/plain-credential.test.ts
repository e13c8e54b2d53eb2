import { expect, test } from '@jest/globals';
import { base, findingsOf, firing, set, texts } from '../support';

const env = (name: string, value: string) =>
  set(base(), 'Deployment shop/api', 'spec.template.spec.containers[0].env[1]', { name, value });

test.each([
  ['DB_PASSWORD', 'hunter2'],
  ['API_KEY', 'k-123456789abc'],
  ['DATABASE_URL', 'postgres://shop:hunter2@db.example.com/shop'],
  ['GITHUB_TOKEN', 'abcdefghijklmnop'],
])('%s with a value is found', (name, value) => {
  expect(firing(env(name, value))).toEqual(['plain-credential']);
});

test.each([
  ['PASSWORD_FILE', '/run/secrets/password'],
  ['DB_PASSWORD', '$(FROM_ELSEWHERE)'],
  ['DB_PASSWORD', ''],
  ['REQUIRE_PASSWORD', 'true'],
  ['DATABASE_URL', 'postgres://shop:$(PASSWORD)@db.example.com/shop'],
  ['TOKEN', 'bearer'],
  ['SECRET_NAME', 'card-gateway'],
  ['MAX_TOKENS', '4096'],
])('%s=%s is fine', (name, value) => {
  expect(firing(env(name, value))).toEqual([]);
});

test('a private key in a ConfigMap is an error', () => {
  const key = ['-----BEGIN EC PRIVATE', 'KEY-----\nabc'].join(' ');
  expect(findingsOf(set(base(), 'ConfigMap shop/settings', 'data.tls', key))).toEqual([
    expect.objectContaining({ rule: 'plain-credential', severity: 'error' }),
  ]);
});

test('a certificate is none', () => {
  expect(
    firing(set(base(), 'ConfigMap shop/settings', 'data.tls', '-----BEGIN CERTIFICATE-----\nabc')),
  ).toEqual([]);
});

test('a password in Helm values is found', () => {
  const broken = set(base(), 'HelmRelease queuing/strimzi', 'spec.values.extra', {
    auth: { adminPassword: 'hunter2', existingSecretPasswordKey: 'password' },
  });
  expect(texts(broken, 'plain-credential')).toEqual([
    expect.stringContaining('spec.values.extra.auth.adminPassword'),
  ]);
});
