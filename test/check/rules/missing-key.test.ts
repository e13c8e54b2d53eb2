import { expect, test } from '@jest/globals';
import type { Json } from '../../../src/estate';
import { add, base, firing, set, texts } from '../support';

const key = 'spec.template.spec.containers[0].env[0].valueFrom.configMapKeyRef.key';

test('a key that the ConfigMap does not have is found, with the one that was meant', () => {
  const broken = set(base(), 'Deployment shop/api', key, 'loglevel');
  expect(firing(broken)).toEqual(['missing-key']);
  expect(texts(broken, 'missing-key')).toEqual([
    expect.stringContaining('ConfigMap shop/settings has no key loglevel → write log-level'),
  ]);
});

test('the keys of an encrypted Secret are known', () => {
  const secret = `
apiVersion: v1
kind: Secret
metadata: { name: card, namespace: shop }
stringData: { token: "ENC[AES256_GCM,data:abc,type:str]" }
sops: { mac: abc }`;
  const using = (name: string) =>
    set(add(base(), 'shop', secret), 'Deployment shop/api', 'spec.template.spec.containers[0].env[1]', {
      name: 'TOKEN',
      valueFrom: { secretKeyRef: { name: 'card', key: name } },
    });
  expect(firing(using('token'))).toEqual([]);
  expect(firing(using('tokn'))).toEqual(['missing-key']);
});

test('the keys of what an operator makes are known', () => {
  const user = `
apiVersion: kafka.strimzi.io/v1
kind: KafkaUser
metadata: { name: api, namespace: shop }
spec: { authentication: { type: tls } }`;
  const using = (name: string) =>
    set(add(base(), 'shop', user), 'Deployment shop/api', 'spec.template.spec.containers[0].env[1]', {
      name: 'KEY',
      valueFrom: { secretKeyRef: { name: 'api', key: name } },
    });
  expect(texts(using('user.key'), 'missing-key')).toEqual([]);
  expect(texts(using('user.kye'), 'missing-key')).toEqual([
    expect.stringContaining('Secret shop/api has no key user.kye → write user.key'),
  ]);
});

test('a key that a volume takes is in what it is taken from, projected or not', () => {
  const volumes = (key: string, optional?: true) => [
    { name: 'a', configMap: { name: 'settings', optional, items: [{ key: 'log-level', path: 'level' }] } },
    {
      name: 'b',
      projected: { sources: [{ configMap: { name: 'settings', optional, items: [{ key, path: 'l' }] } }] },
    },
  ];
  const using = (key: string, optional?: true) =>
    set(
      base(),
      'Deployment shop/api',
      'spec.template.spec.volumes',
      JSON.parse(JSON.stringify(volumes(key, optional))) as Json,
    );
  expect(firing(using('log-level'))).toEqual([]);
  expect(firing(using('loglevel', true))).toEqual([]);
  expect(texts(using('loglevel'), 'missing-key')).toEqual([
    expect.stringMatching(
      /projected\.sources\[0\]\.configMap\.items\[0\]\.key.*has no key loglevel → write log-level/,
    ),
  ]);
});

test('what the cluster fills in may have any key', () => {
  const filled = (extra: string) => `
apiVersion: v1
kind: Secret
metadata: { name: filled, namespace: shop, ${extra}
---
apiVersion: v1
kind: ConfigMap
metadata: { name: bundle, namespace: shop, labels: { config.openshift.io/inject-trusted-cabundle: 'true' } }`;
  const token = `annotations: { kubernetes.io/service-account.name: api } }
type: kubernetes.io/service-account-token`;
  const volumes = [
    { name: 'a', secret: { secretName: 'filled', items: [{ key: 'token', path: 'token' }] } },
    { name: 'b', configMap: { name: 'bundle', items: [{ key: 'ca-bundle.crt', path: 'ca.crt' }] } },
  ];
  const using = (extra: string) =>
    set(add(base(), 'shop', filled(extra)), 'Deployment shop/api', 'spec.template.spec.volumes', volumes);
  expect(texts(using(token), 'missing-key')).toEqual([]);
  expect(texts(using('}'), 'missing-key')).toHaveLength(1);
});
