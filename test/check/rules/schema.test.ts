import { expect, test } from '@jest/globals';
import { add, base, firing, set, texts } from '../support';

test('a value of the wrong type is found, with the value to write', () => {
  const broken = set(base(), 'StatefulSet data/zookeeper', 'spec.replicas', '3');
  expect(firing(broken)).toEqual(['schema']);
  expect(texts(broken, 'schema')).toEqual([
    expect.stringContaining('StatefulSet zookeeper spec.replicas: "3" is a text'),
  ]);
});

test('a missing required field is found', () => {
  const broken = set(base(), 'HelmRelease queuing/strimzi', 'spec.interval', undefined);
  expect(firing(broken)).toEqual(['schema']);
});

test('what SOPS has encrypted is not judged, what it left readable is', () => {
  const encrypted = `
apiVersion: v1
kind: Secret
metadata: { name: card, namespace: shop }
data: { token: "ENC[AES256_GCM,data:abc,type:str]" }
sops: { mac: abc }`;
  expect(firing(add(base(), 'shop', encrypted))).toEqual([]);
  expect(firing(add(base(), 'shop', encrypted.replace('token:', '"card.json":')))).toEqual([]);
  expect(firing(add(base(), 'shop', `${encrypted}\nimmutable: "no"`))).toEqual(['schema']);
});

test('a number of replicas that is a text is said once, and not taken for one replica', () => {
  const budget = set(base(), 'PodDisruptionBudget shop/api', 'spec', {
    minAvailable: 1,
    selector: { matchLabels: { app: 'api' } },
  });
  expect(firing(set(budget, 'Deployment shop/api', 'spec.replicas', '2'))).toEqual(['schema']);
});
