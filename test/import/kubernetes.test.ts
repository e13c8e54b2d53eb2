import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../src/estate';
import { isOpenApi, kubernetesKinds } from '../../src/import/kubernetes';

const openApi = JSON.parse(readFileSync(join(__dirname, 'fixtures/openapi.json'), 'utf8')) as JsonObject;
const { schemas } = openApi['components'] as { schemas: JsonObject };
const kinds = kubernetesKinds(openApi);
const deployment = kinds.find(({ kind }) => kind === 'Deployment')!;
const spec = deployment.defs['apps.v1.DeploymentSpec']!;

test('only what can be written into a manifest is a kind', () => {
  expect(kinds.map(({ kind }) => kind)).toEqual(['Node', 'Deployment']);
});

test('the cluster-scoped kinds are known, and plurals are made', () => {
  expect(kinds[0]).toMatchObject({ group: '', plural: 'nodes', namespaced: false, served: ['v1'] });
  expect(deployment).toMatchObject({ group: 'apps', plural: 'deployments', namespaced: true });
});

test('a kind says which of its versions Kubernetes no longer serves', () => {
  expect(deployment.unserved).toEqual(['v1beta1', 'v1beta2']);
});

test('a described reference becomes a plain one', () => {
  expect(deployment.root.properties!['spec']).toEqual({ $ref: '#/defs/apps.v1.DeploymentSpec' });
});

test('the empty values of Go are no defaults, real defaults are', () => {
  expect(spec.properties!['name']).toEqual({ type: 'string' });
  expect(spec.properties!['port']).toEqual({ type: 'integer' });
  expect(spec.properties!['protocol']).toEqual({ type: 'string', default: 'TCP', enum: ['TCP', 'UDP'] });
});

test('a quantity is a number or a text of the right form', () => {
  const quantity = deployment.defs['api.resource.Quantity']!;
  const pattern = new RegExp(quantity.pattern!);
  expect(quantity.anyOf).toEqual([{ type: 'number' }, { type: 'string' }]);
  expect(['1', '0.5', '100m', '1Gi', '1e3', '.5', '-1k'].every((text) => pattern.test(text))).toBe(true);
  expect(['', '1GB', 'Gi', '1 Gi', '1e', 'half'].some((text) => pattern.test(text))).toBe(false);
});

test('numbers or texts, and objects of any kind, are what they are', () => {
  expect(deployment.defs['util.intstr.IntOrString']).toEqual({ 'x-kubernetes-int-or-string': true });
  expect(deployment.defs['pkg.runtime.RawExtension']).toMatchObject({
    'x-kubernetes-preserve-unknown-fields': true,
  });
});

test('what no kind uses is left out, and all kinds share the same definitions', () => {
  expect(Object.keys(deployment.defs)).not.toContain('unused.v1.Orphan');
  expect(kinds.every(({ defs }) => defs === deployment.defs)).toBe(true);
});

test('both forms of a document are recognised, and a map of anything else is not', () => {
  expect([openApi, schemas, { definitions: schemas }].every(isOpenApi)).toBe(true);
  expect(isOpenApi({ kind: 'ConfigMap', data: { a: 'b' } })).toBe(false);
  expect(kubernetesKinds(schemas)).toEqual(kinds);
});
