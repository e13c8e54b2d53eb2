import { ApiObject } from 'cdk8s';
import { expect, test } from '@jest/globals';
import { Cluster, FluxApp, FluxChart } from '../../src';
import type { ClusterEstate } from '../../src/estate';
import type { LiveObject } from '../../src/lab';
import { compileApp } from '../../src/pipeline';
import { likelyClusters } from '../../src/status';
import { causeOf, condition, live, statusOf } from './support';

function shop(): ClusterEstate {
  const app = new FluxApp({ dist: '/nowhere/dist', ops: '/nowhere/ops' });
  new FluxChart(new Cluster(app, 'other'), 'other', { namespace: 'other' });
  const chart = new FluxChart(new Cluster(app, 'test'), 'shop', { namespace: 'shop' });
  const containers = [{ name: 'main', image: 'api:1.0.0', env: [{ name: 'MODE', value: 'fast' }] }];
  new ApiObject(chart, 'api', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'api' },
    spec: { replicas: 3, template: { spec: { containers } } },
  });
  new ApiObject(chart, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
  return compileApp(app).estate.clusters.find(({ info }) => info.name === 'test') as ClusterEstate;
}

const estate = shop();
const ready = (revision: string): object => ({
  observedGeneration: 1,
  lastAppliedRevision: revision,
  ...condition('Ready', 'True'),
});

function unit(name: string, spec: object, status: object): LiveObject {
  const path = `./dist/test/${name}`;
  const sourceRef = { kind: 'GitRepository', name: 'flux-system' };
  const own = { metadata: { generation: 1 }, spec: { path, sourceRef, ...spec }, status };
  return live('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', `flux-system/${name}`, own);
}

function source(revision: string): LiveObject {
  const status = { artifact: { revision }, ...condition('Ready', 'True') };
  return live('source.toolkit.fluxcd.io/v1', 'GitRepository', 'flux-system/flux-system', { status });
}

/** What a manager owns of a Deployment. */
const owns = (manager: string, spec: object, subresource?: string): object => ({
  manager,
  fieldsV1: { 'f:spec': spec },
  ...(subresource !== undefined && { subresource }),
});
const image = { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"main"}': { 'f:image': {} } } } } };

function api(managedFields: readonly object[], image = 'api:1.0.0', replicas = 3): LiveObject {
  const counts = { replicas, updatedReplicas: replicas, availableReplicas: replicas };
  const containers = [
    { name: 'sidecar', image: 'mesh:2' },
    { name: 'main', image },
  ];
  const spec = { replicas, template: { spec: { containers } } };
  return live('apps/v1', 'Deployment', 'shop/api', { metadata: { managedFields }, spec, status: counts });
}

function warningsOf(...objects: readonly LiveObject[]): readonly (readonly (string | undefined)[])[] {
  const { warnings } = statusOf(objects, estate);
  return warnings.map(({ rule, message, path }) => [rule, message, path]);
}

test('a unit that is Ready at another revision than its source is behind', () => {
  expect(warningsOf(source('main@sha1:2'), unit('shop', {}, ready('main@sha1:1')))).toEqual([
    ['OldRevision', 'it is at main@sha1:1, its source at main@sha1:2', undefined],
  ]);
  expect(warningsOf(source('main@sha1:2'), unit('shop', {}, ready('main@sha1:2')))).toEqual([]);
});

test('what is suspended is Ready, and said; before it was Ready it keeps others waiting', () => {
  const others = unit('namespaces', {}, ready('main@sha1:1'));
  const status = statusOf([others, unit('shop', { suspend: true }, ready('main@sha1:1'))], estate);
  expect(status).toMatchObject({ isReady: true, warnings: [{ rule: 'Suspended', path: 'spec.suspend' }] });
  expect(status.warnings[0]?.fix).toBe('flux resume kustomization shop --namespace flux-system');
  const early = statusOf([unit('shop', { suspend: true }, {})], estate);
  expect(causeOf(early, 'Kustomization flux-system/shop')?.finding.rule).toBe('Suspended');
});

test('a field that somebody else has taken over with another value has drifted', () => {
  const drifted = api(
    [owns('kustomize-controller', { 'f:replicas': {} }), owns('kubectl-edit', image)],
    'api:2.0.0',
  );
  expect(warningsOf(drifted)).toEqual([
    [
      'Drifted',
      'kubectl-edit has set it to "api:2.0.0", the estate says "api:1.0.0"',
      'spec.template.spec.containers[0].image',
    ],
  ]);
  expect(warningsOf(api([owns('kubectl', { 'f:replicas': {} }, 'scale')], 'api:1.0.0', 5))).toEqual([
    ['Drifted', 'kubectl has set it to 5, the estate says 3', 'spec.replicas'],
  ]);
});

test('what Flux itself wrote, what is equal and what the estate does not say has not drifted', () => {
  const own = api([owns('kustomize-controller', image), owns('kubectl', image)], 'api:2.0.0');
  expect(warningsOf(own)).toEqual([]);
  expect(warningsOf(api([owns('kubectl', image)]))).toEqual([]);
  expect(warningsOf(api([owns('kubectl', { 'f:paused': {} })]))).toEqual([]);
});

test('an object that is gone although its unit has applied it is broken', () => {
  const entries = [{ id: 'shop_settings__ConfigMap', v: 'v1' }];
  const applied = unit('shop', {}, { ...ready('main@sha1:1'), inventory: { entries } });
  const status = statusOf([applied, live('v1', 'ConfigMap', 'shop/other')], estate);
  expect(causeOf(status, 'ConfigMap shop/settings')?.finding).toMatchObject({
    rule: 'Missing',
    severity: 'error',
  });
});

test('an object that its unit was never given is not committed yet', () => {
  const units = [unit('flux-system', {}, ready('main@sha1:1')), unit('namespaces', {}, ready('main@sha1:1'))];
  const status = statusOf(
    [...units, unit('shop', {}, ready('main@sha1:1')), live('v1', 'ConfigMap', 'x/y')],
    estate,
  );
  expect(status).toMatchObject({ isReady: true });
  expect(status.warnings.map(({ rule, message }) => [rule, message])).toEqual([
    ['NotApplied', 'it was not given ConfigMap shop/settings'],
  ]);
});

test('a commit that cannot be applied leaves the last one running, and both are named', () => {
  const refused = {
    observedGeneration: 1,
    lastAppliedRevision: 'main@sha1:1',
    lastAttemptedRevision: 'main@sha1:2',
    ...condition(
      'Ready',
      'False',
      'ReconciliationFailed',
      'Deployment/shop/api dry-run failed (Invalid): spec.replicas: Invalid value',
    ),
  };
  const { causes } = statusOf([unit('shop', {}, refused), api([])], estate);
  expect(causes[0]?.finding).toMatchObject({
    object: { kind: 'Deployment', name: 'api' },
    path: 'spec.replicas',
  });
  expect(causes[0]?.finding.message).toContain('main@sha1:2 was not applied; main@sha1:1 stays');
});

test('a running cluster is the one of the estate whose units it has', () => {
  const units = [unit('shop', {}, {}), unit('namespaces', {}, {})];
  const other = { ...estate, info: { ...estate.info, name: 'other' }, objects: [] };
  expect(likelyClusters([other, estate], units)).toEqual([estate]);
  expect(likelyClusters([estate, { ...estate }], units)).toHaveLength(2);
  expect(likelyClusters([estate], [])).toEqual([]);
});
