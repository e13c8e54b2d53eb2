import { expect, test } from '@jest/globals';
import { REMOVED_VERSIONS } from '../../src/schema/removed-versions';

test.each([
  ['policy/v1beta1', 'PodDisruptionBudget', '1.25', 'policy/v1'],
  ['batch/v1beta1', 'CronJob', '1.25', 'batch/v1'],
  ['autoscaling/v2beta2', 'HorizontalPodAutoscaler', '1.26', 'autoscaling/v2'],
  ['extensions/v1beta1', 'Ingress', '1.22', 'networking.k8s.io/v1'],
  ['extensions/v1beta1', 'Deployment', '1.16', 'apps/v1'],
  ['flowcontrol.apiserver.k8s.io/v1beta3', 'FlowSchema', '1.32', 'flowcontrol.apiserver.k8s.io/v1'],
  ['policy/v1beta1', 'PodSecurityPolicy', '1.25', undefined],
])('%s %s went in %s', (apiVersion, kind, removedIn, replacement) => {
  const rows = REMOVED_VERSIONS.filter((row) => row.apiVersion === apiVersion && row.kind === kind);
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ removedIn });
  expect(rows[0]!.replacement).toBe(replacement);
});

test('no version is in the table twice', () => {
  const keys = REMOVED_VERSIONS.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`);
  expect(new Set(keys).size).toBe(keys.length);
});
