import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../../src/estate';
import { add, base, findingsOf, set, texts } from '../support';

/** A release of a chart that has a schema, in a version that is known or in another. */
function released(values: JsonObject, tag = 'v1.21.1', more: JsonObject = {}) {
  const release = {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: { name: 'certs', namespace: 'queuing' },
    spec: { interval: '1h', chartRef: { kind: 'OCIRepository', name: 'cert-manager' }, values, ...more },
  };
  const source = {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'OCIRepository',
    metadata: { name: 'cert-manager', namespace: 'queuing' },
    spec: { interval: '1h', url: 'oci://quay.io/jetstack/charts/cert-manager', ref: { tag } },
  };
  return add(base(), 'kafka', [release, source].map((object) => JSON.stringify(object)).join('\n---\n'));
}

test('values as the schema allows them are fine, laid over the defaults', () => {
  expect(findingsOf(released({ crds: { enabled: true }, podDisruptionBudget: { enabled: true } }))).toEqual(
    [],
  );
});

test('a value of another type than the schema says is found before Helm refuses it', () => {
  expect(texts(released({ crds: { enabled: 'yes' } }), 'refused-value')).toEqual([
    expect.stringContaining(
      'spec.values.crds.enabled: "yes" is a text, where true or false belongs: the schema of the chart cert-manager v1.21.1 refuses it → write true or false',
    ),
  ]);
});

test('in a version of the chart that nobody has imported it is a warning', () => {
  expect(findingsOf(released({ crds: { enabled: 'yes' } }, 'v1.20.9'))).toEqual([
    expect.objectContaining({ rule: 'refused-value', severity: 'warning' }),
  ]);
});

test('a value that is unknown is said once', () => {
  expect(findingsOf(released({ crds: { enabld: true } })).map(({ rule }) => rule)).toEqual(['unknown-value']);
  expect(findingsOf(released({ crds: { 'a/b.c': true }, 'd/e': 1 }))).toEqual(
    ['spec.values.crds["a/b.c"]', 'spec.values["d/e"]'].map((path) =>
      expect.objectContaining({ rule: 'unknown-value', path }),
    ),
  );
});

test('what Flux fills in, and what Helm was told not to judge, is left alone', () => {
  expect(findingsOf(released({ replicaCount: '${REPLICAS}' })).map(({ rule }) => rule)).not.toContain(
    'refused-value',
  );
  const unjudged = { install: { disableSchemaValidation: true } };
  expect(findingsOf(released({ crds: { enabled: 'yes' } }, 'v1.21.1', unjudged))).toEqual([]);
});

test('with values from elsewhere only what is written here is judged', () => {
  const elsewhere = { valuesFrom: [{ kind: 'Secret', name: 'more', optional: true }] };
  const wrong = released({ crds: { enabled: 'yes' } }, 'v1.21.1', elsewhere);
  expect(texts(wrong, 'refused-value')).toHaveLength(1);
  expect(
    findingsOf(set(wrong, 'HelmRelease queuing/certs', 'spec.values', {})).map(({ rule }) => rule),
  ).toEqual([]);
});
