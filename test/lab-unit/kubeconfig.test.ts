import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { readAccess } from '../../src/lab/api/kubeconfig';

const folder = mkdtempSync(join(tmpdir(), 'fluxwright-kubeconfig-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const contexts = [
  { name: 'one', context: { cluster: 'c', user: 'u' } },
  { name: 'two', context: { cluster: 'd', user: 'u' } },
];
const clusters = [
  { name: 'c', cluster: { server: 'https://one:6443', 'certificate-authority': 'ca.pem' } },
  { name: 'd', cluster: { server: 'https://two/k8s/clusters/d', 'insecure-skip-tls-verify': true } },
];
const main = file('main', { 'current-context': 'one', contexts, clusters });
const users = file('users', { 'current-context': 'two', users: [{ name: 'u', user: { token: 'secret' } }] });

test('of several files the first that says something wins', () => {
  writeFileSync(join(folder, 'ca.pem'), 'an authority');
  const access = readAccess([main, users].join(delimiter));
  expect(access).toEqual({
    server: new URL('https://one:6443'),
    tls: { ca: 'an authority' },
    token: 'secret',
  });
});

test('another context than the current one can be named', () => {
  const access = readAccess([main, users].join(delimiter), 'two');
  expect(access).toMatchObject({
    server: new URL('https://two/k8s/clusters/d'),
    tls: { rejectUnauthorized: false },
  });
});

test('a program that the kubeconfig names is asked for the credentials', () => {
  const answer =
    'console.log(JSON.stringify({ status: { token: process.env.WHO + JSON.parse(process.env.KUBERNETES_EXEC_INFO).apiVersion } }))';
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: process.execPath,
    args: ['-e', answer],
    env: [{ name: 'WHO', value: 'me@' }],
  };
  const cloud = file('cloud', {
    'current-context': 'one',
    contexts,
    clusters,
    users: [{ name: 'u', user: { exec } }],
  });
  expect(readAccess(cloud).token).toBe('me@client.authentication.k8s.io/v1');
});

test.each([
  ['nothing', undefined, /there is no .*nothing/],
  ['main', 'three', /has no context three with a cluster/],
  ['users', undefined, /has no context two with a cluster/],
])('kubeconfig %s with context %s leads nowhere, and says so', (name, context, message) => {
  expect(() => readAccess(join(folder, name), context)).toThrow(message);
});
