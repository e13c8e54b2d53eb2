import { expect, test } from '@jest/globals';
import { add, base, firing, set, texts } from '../support';

test('a Service that selects nothing is found, with the labels that were meant', () => {
  const broken = set(base(), 'Service shop/api', 'spec.selector', { app: 'shop-api', tier: 'web' });
  expect(firing(broken)).toEqual(['selects-nothing']);
  expect(texts(broken, 'selects-nothing')).toEqual([
    'Service api spec.selector: no pod in shop has app=shop-api,tier=web → write app: api, as Deployment shop/api (/charts/shop.ts:26) has it',
  ]);
});

test('a budget, a network policy and its peers that select nothing are found', () => {
  expect(firing(set(base(), 'PodDisruptionBudget shop/api', 'spec.selector.matchLabels.app', 'x'))).toEqual([
    'selects-nothing',
  ]);
  expect(firing(set(base(), 'NetworkPolicy shop/api', 'spec.podSelector.matchLabels.app', 'x'))).toEqual([
    'selects-nothing',
  ]);
  const peer = 'spec.ingress[0].from[0].podSelector.matchLabels.tier';
  expect(firing(set(base(), 'NetworkPolicy shop/api', peer, 'x'))).toEqual(['selects-nothing']);
});

const from = (app: string) => [
  {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'data' } },
    podSelector: { matchLabels: { app } },
  },
];

test('a peer in a named namespace is looked for there', () => {
  expect(firing(set(base(), 'NetworkPolicy shop/api', 'spec.ingress[0].from', from('zookeeper')))).toEqual(
    [],
  );
  expect(firing(set(base(), 'NetworkPolicy shop/api', 'spec.ingress[0].from', from('zoo')))).toEqual([
    'selects-nothing',
  ]);
});

test('where a chart or an operator may bring pods, nothing is said', () => {
  const service =
    'apiVersion: v1\nkind: Service\nmetadata: { name: x, namespace: queuing }\nspec: { selector: { app: x }, ports: [{ port: 80 }] }';
  expect(firing(add(base(), 'kafka', service))).toEqual([]);
  const topic =
    'apiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata: { name: t, namespace: shop }\nspec: { partitions: 1 }';
  const withTopic = add(base(), 'kafka', topic);
  expect(firing(set(withTopic, 'Service shop/api', 'spec.selector.app', 'x'))).toEqual(['selects-nothing']);
});

test('empty selectors and labels that controllers set are fine', () => {
  expect(firing(set(base(), 'NetworkPolicy shop/api', 'spec.podSelector', {}))).toEqual([]);
  const one = { app: 'zookeeper', 'statefulset.kubernetes.io/pod-name': 'zookeeper-0' };
  const service = (name: string) =>
    set(
      add(
        base(),
        'zookeeper',
        `apiVersion: v1\nkind: Service\nmetadata: { name: first, namespace: data }\nspec: { ports: [{ port: 2181 }] }`,
      ),
      'Service data/first',
      'spec.selector',
      { ...one, 'statefulset.kubernetes.io/pod-name': name },
    );
  expect(firing(service('zookeeper-0'))).toEqual([]);
  expect(firing(service('keeper-0'))).toEqual(['selects-nothing']);
});

test('labels that are nothing like it are no suggestion', () => {
  const broken = set(base(), 'Service shop/api', 'spec.selector', { app: 'frontend' });
  expect(texts(broken, 'selects-nothing')).toEqual([
    expect.stringContaining('→ make the pod that it is for, or remove it'),
  ]);
});
