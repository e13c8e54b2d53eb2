import { expect, test } from '@jest/globals';
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
