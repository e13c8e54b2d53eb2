import { expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../../../src/estate';
import { immutableChanges, validate } from '../../../src/schema/validate';
import { changed, sample, samples, schemaOf } from '../support';

test.each<[string, string, Json | undefined, string?]>([
  ['Deployment', 'spec/selector/matchLabels/app', 'other', 'spec/selector'],
  ['DaemonSet', 'spec/selector/matchLabels/app', 'other', 'spec/selector'],
  ['StatefulSet', 'spec/serviceName', 'other'],
  ['StatefulSet', 'spec/podManagementPolicy', undefined],
  [
    'StatefulSet',
    'spec/volumeClaimTemplates/0/spec/resources/requests/storage',
    '2Gi',
    'spec/volumeClaimTemplates',
  ],
  ['Job', 'spec/template/spec/containers/0/image', 'other:1', 'spec/template'],
  ['Job', 'spec/completions', 5],
  ['Secret', 'type', 'example.org/other'],
  ['PersistentVolumeClaim', 'spec/storageClassName', 'other'],
  ['PersistentVolumeClaim', 'spec/resources/requests/storage', '512Mi'],
  ['PersistentVolume', 'spec/local/path', '/other', 'spec/local'],
  ['StorageClass', 'parameters/type', 'hdd', 'parameters'],
  ['StorageClass', 'reclaimPolicy', 'Retain'],
  ['RoleBinding', 'roleRef/name', 'other'],
  ['ClusterRoleBinding', 'roleRef/name', 'other'],
  ['IngressClass', 'spec/controller', 'example.org/other'],
  ['PriorityClass', 'value', 2000],
  ['CustomResourceDefinition', 'spec/scope', 'Cluster'],
  ['CustomResourceDefinition', 'spec/names/kind', 'Other'],
  ['EndpointSlice', 'addressType', 'IPv6'],
])('a %s keeps its %s', (kind, path, value, expected = path) => {
  const before = sample(kind);
  const violations = validate(schemaOf(before), changed(before, path, value), before);
  expect(violations.filter(({ rule }) => rule === 'immutable').map((violation) => violation.path)).toEqual([
    expected.replaceAll('/', '.'),
  ]);
});

test.each<[string, string, Json | undefined]>([
  ['Deployment', 'spec/replicas', 5],
  ['Deployment', 'spec/template/spec/containers/0/image', 'other:2'],
  ['StatefulSet', 'spec/replicas', 5],
  ['StatefulSet', 'spec/template/spec/containers/0/image', 'other:2'],
  ['StatefulSet', 'spec/volumeClaimTemplates/0/spec/volumeMode', 'Filesystem'],
  ['Job', 'spec/suspend', true],
  ['Job', 'spec/template/spec/dnsPolicy', 'ClusterFirst'],
  ['PersistentVolumeClaim', 'spec/resources/requests/storage', '2Gi'],
  ['Service', 'spec/ports/0/port', 81],
  ['ConfigMap', 'data/mode', 'slow'],
  ['StorageClass', 'allowVolumeExpansion', false],
])('a %s may change its %s', (kind, path, value) => {
  const before = sample(kind);
  expect(immutableChanges(schemaOf(before), before, changed(before, path, value))).toEqual([]);
});

test('what was made immutable stays so', () => {
  const before: JsonObject = { ...sample('ConfigMap'), immutable: true };
  const paths = (after: JsonObject): string[] =>
    immutableChanges(schemaOf(before), before, after).map(({ path }) => path);
  expect(paths(before)).toEqual([]);
  expect(paths({ ...before, data: {} })).toEqual(['data']);
  expect(paths({ ...before, immutable: false })).toEqual(['immutable']);
});

test('a Service keeps the address that it was given, named or not', () => {
  const before = changed(sample('Service'), 'spec/clusterIP', '10.96.0.7');
  const after = changed(before, 'spec/clusterIP', undefined);
  expect(immutableChanges(schemaOf(before), before, after)).toEqual([]);
  const other = changed(before, 'spec/clusterIP', '10.96.0.8');
  expect(immutableChanges(schemaOf(before), before, other)).toHaveLength(1);
});

test('what did not change is no change', () => {
  for (const body of samples('core.yaml'))
    expect(immutableChanges(schemaOf(body), body, structuredClone(body))).toEqual([]);
});
