import { expect, test } from '@jest/globals';
import type { ClusterEstate, EstateObject, JsonObject } from '../../src/estate';
import { operatedKinds } from '../../src/lab/stand-in';
import { standInChart } from '../../src/lab/stand-in/chart';
import { standInObject } from '../../src/lab/stand-in/objects';
import { valuesSchema } from '../../src/lab/stand-in/values-schema';
import { openRegistry, packageImports } from '../../src/schema/registry';
import type { ChartKnowledge } from '../../src/schema/types';

const registry = openRegistry([packageImports()]);
const strimzi = registry.chart('strimzi-kafka-operator', '1.2.0')!;
const release = { name: 'kafka-operator', namespace: 'queuing', values: {} };
const { files, leftOut } = standInChart(strimzi, '1.2.0', [release], registry);

const json = (path: string): JsonObject =>
  JSON.parse(files.get(`strimzi-kafka-operator/${path}`)!) as JsonObject;

test('a stand-in chart has the name, the version and the CRDs of the real one', () => {
  expect(json('Chart.yaml')).toMatchObject({ name: 'strimzi-kafka-operator', version: '1.2.0' });
  const crds = [...files.keys()].filter((path) => path.includes('/crds/'));
  expect(crds).toHaveLength(strimzi.crds.length);
  expect(json('crds/kafkas.kafka.strimzi.io.yaml')).toMatchObject({ spec: { group: 'kafka.strimzi.io' } });
  expect(leftOut).toEqual([]);
});

test('it installs for its release what the real chart installs, and for others nothing', () => {
  const template = files.get('strimzi-kafka-operator/templates/0.yaml')!;
  const [first = ''] = template.split('\n');
  expect(first).toBe('{{- if and (eq .Release.Name "kafka-operator") (eq .Release.Namespace "queuing") }}');
  expect(template).toContain(
    '"kind":"Deployment","metadata":{"name":"strimzi-cluster-operator","namespace":"queuing"}',
  );
  expect(template.split('\n---\n')).toHaveLength(strimzi.objects?.length ?? 0);
});

const knowledge: ChartKnowledge = {
  name: 'x',
  version: '1.0.0',
  crds: [],
  defs: { open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: {} } },
  values: {
    type: 'object',
    properties: {
      replicas: { type: 'integer', nullable: true },
      web: { type: 'object', properties: { port: { 'x-kubernetes-int-or-string': true } } },
      extra: { $ref: '#/defs/open' },
    },
  },
};

test('its schema of values refuses what the chart does not know, and leaves open what it takes whole', () => {
  expect(valuesSchema(knowledge)).toMatchObject({
    additionalProperties: false,
    properties: {
      global: {},
      replicas: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
      web: { additionalProperties: false, properties: { port: { type: ['integer', 'string'] } } },
      extra: { $ref: '#/defs/open' },
    },
    defs: { open: { type: 'object', properties: {} } },
  });
  expect(valuesSchema(knowledge)['defs']).not.toHaveProperty('open.additionalProperties');
});

test('where templates were not seen, unknown values pass', () => {
  expect(valuesSchema({ ...knowledge, guessed: true })).not.toHaveProperty('additionalProperties');
});

test('nothing stands for webhooks', () => {
  const webhook = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration' };
  expect(standInObject({ ...webhook, name: 'x' })).toBeUndefined();
});

test('kinds with a status and no controller in a lab are operated; Flux, cert-manager and Kubernetes are real', () => {
  const kinds: [string, string][] = [
    ['kafka.strimzi.io/v1', 'Kafka'],
    ['cert-manager.io/v1', 'Certificate'],
    ['helm.toolkit.fluxcd.io/v2', 'HelmRelease'],
    ['networking.k8s.io/v1', 'Ingress'],
    ['apps/v1', 'Deployment'],
  ];
  const objects = kinds.map(([apiVersion, kind]) => ({ apiVersion, kind }) as EstateObject);
  const cluster = { objects } as unknown as ClusterEstate;
  expect(operatedKinds(cluster, registry)).toEqual([
    { group: 'kafka.strimzi.io', version: 'v1', plural: 'kafkas' },
  ]);
});
