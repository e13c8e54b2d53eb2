import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/estate';
import { providedBy } from '../../src/schema/provided-by';
import { nearest } from '../../src/schema/nearest';
import { openRegistry, packageImports } from '../../src/schema/registry';
import type { ChartKnowledge } from '../../src/schema/types';
import { unknownValues } from '../../src/schema/unknown-values';

const registry = openRegistry([packageImports()]);

function known(name: string): ChartKnowledge {
  return registry.chart(name, '99.0.0')!;
}

function names(chart: string, release: string, values: JsonObject = {}): string[] {
  return providedBy(known(chart), release, 'here', values)
    .filter(({ kind }) => kind === 'Service' || kind === 'Deployment')
    .map(({ name }) => name);
}

function namespaces(values: JsonObject): Set<unknown> {
  return new Set(providedBy(known('nats'), 'nats', 'here', values).map(({ namespace }) => namespace));
}

test.each([
  ['grafana', 'metrics', {}, 'metrics-grafana'],
  ['grafana', 'my-grafana', {}, 'my-grafana'],
  ['grafana', 'metrics', { nameOverride: 'board' }, 'metrics-board'],
  ['grafana', 'metrics', { fullnameOverride: 'board' }, 'board'],
  ['strimzi-kafka-operator', 'any', {}, 'strimzi-cluster-operator'],
  ['consul', 'any', { global: { name: 'consul' } }, 'consul-server'],
  ['kube-prometheus-stack', 'monitoring', {}, 'monitoring-kube-prometheus-operator'],
  ['kube-prometheus-stack', 'monitoring', {}, 'monitoring-grafana'],
  ['kube-prometheus-stack', 'monitoring', { grafana: { fullnameOverride: 'board' } }, 'board'],
  ['kube-prometheus-stack', 'grafana', {}, 'grafana'],
])('%s installed as %s with %j brings %s', (chart, release, values, expected) => {
  expect(names(chart, release, values as JsonObject)).toContain(expected);
});

test('a name is cut where Helm cuts it', () => {
  const [name] = names('grafana', 'r'.repeat(58));
  expect(name).toBe(`${'r'.repeat(58)}-graf`);
});

test('what a chart brings is in the namespace of its release, or in the one that its values name', () => {
  expect(namespaces({})).toEqual(new Set(['here']));
  expect(namespaces({ namespaceOverride: 'there' })).toEqual(new Set(['there']));
});

test('a chart that nobody has looked into brings nothing that is known', () => {
  expect(providedBy({ name: 'c', version: '1', values: {}, defs: {}, crds: [] }, 'r', 'n')).toEqual([]);
});

test.each([
  ['strimzi-kafka-operator', { watchAnyNamespce: true }, 'watchAnyNamespace'],
  ['strimzi-kafka-operator', { podDisruptionBudget: { enable: true } }, 'podDisruptionBudget.enabled'],
  ['cert-manager', { crd: { enabled: true } }, 'crds'],
  [
    'kube-prometheus-stack',
    { prometheus: { prometheusSpec: { retentions: '1d' } } },
    'prometheus.prometheusSpec.retention',
  ],
  ['grafana', { persistance: { enabled: true } }, 'persistence'],
  ['nats', { natsbox: { enabled: false } }, 'natsBox'],
])('%s does not know %j, and %s was meant', (chart, values, suggestion) => {
  expect(unknownValues(known(chart), values as JsonObject)).toMatchObject([{ suggestion }]);
});

test.each<[string, JsonObject]>([
  [
    'strimzi-kafka-operator',
    {
      watchAnyNamespace: true,
      replicas: 2,
      resources: { limits: { memory: '1Gi' } },
      dashboards: { enabled: true },
    },
  ],
  [
    'cert-manager',
    {
      crds: { enabled: true },
      config: { apiVersion: 'x', any: {} },
      webhook: { hostNetwork: true, securePort: 10260 },
    },
  ],
  [
    'kube-prometheus-stack',
    {
      grafana: { 'grafana.ini': { server: {} } },
      prometheus: { prometheusSpec: { storageSpec: { any: {} }, thanos: {} } },
    },
  ],
  [
    'kube-prometheus-stack',
    {
      'kube-state-metrics': { any: 1 },
      additionalPrometheusRulesMap: { mine: { groups: [] } },
      kubeEtcd: { enabled: false },
    },
  ],
  [
    'nats',
    {
      config: { jetstream: { fileStore: { pvc: { size: '1Gi' } } }, merge: { any: 1 } },
      podTemplate: { merge: {} },
    },
  ],
  [
    'istiod',
    {
      profile: 'ambient',
      meshConfig: { accessLogFile: 'x' },
      pilot: { env: { A: 'b' } },
      global: { any: 1 },
    },
  ],
  [
    'grafana',
    {
      'grafana.ini': { any: {} },
      datasources: { 'datasources.yaml': {} },
      deploymentStrategy: { type: 'Recreate' },
    },
  ],
  [
    'velero',
    {
      configuration: { features: 'EnableCSI' },
      schedules: { daily: { schedule: '@daily' } },
      initContainers: [],
    },
  ],
  [
    'opentelemetry-collector',
    { mode: 'daemonset', config: { receivers: { any: {} } }, ports: { extra: { enabled: true } } },
  ],
])('%s takes %j', (chart, values) => {
  expect(unknownValues(known(chart), values)).toEqual([]);
});

test.each([
  ['replcas', 'replicas'],
  ['relpicas', 'replicas'],
  ['Replicas', 'replicas'],
  ['imagePullSecret', 'imagePullSecrets'],
  ['colour', undefined],
])('%s resembles %s', (name, expected) => {
  expect(nearest(name, ['replicas', 'image', 'imagePullSecrets'])).toBe(expected);
});
