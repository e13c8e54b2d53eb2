import { expect, test } from '@jest/globals';
import { provisions, type RenderedObject } from '../../src/import/rendered';

const installation = { release: 'rrr', namespace: 'nnn' };
const isNamespaced = (_: string, kind: string): boolean => kind !== 'ClusterRole';

function provided(...objects: RenderedObject[]): ReturnType<typeof provisions> {
  return provisions(objects, ['shop', 'database'], isNamespaced, installation);
}

test('the names of the installation become placeholders, wherever they are whole words', () => {
  const names = [
    'rrr-shop-api',
    'rrr-database',
    'rrr-extra',
    'nnn-rrr',
    'corrrect',
    'rrr-shopping',
    'secret-rrr-shop',
  ];
  const { objects } = provided(
    ...names.map((name) => ({ apiVersion: 'v1', kind: 'Secret', name, namespace: 'nnn' })),
  );
  expect(objects.map(({ name }) => name)).toEqual([
    '{fullname:shop}-api',
    '{fullname:database}',
    '{release}-extra',
    '{namespace}-{release}',
    'corrrect',
    '{release}-shopping',
    'secret-{fullname:shop}',
  ]);
});

test('an object without a namespace gets that of the release, unless its kind has none', () => {
  const { objects } = provided(
    { apiVersion: 'v1', kind: 'Service', name: 'a' },
    { apiVersion: 'v1', kind: 'Service', name: 'b', namespace: 'kube-system' },
    { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'c' },
  );
  expect(objects.map(({ namespace }) => namespace)).toEqual(['{namespace}', 'kube-system', undefined]);
});

test('CRDs are told apart, hooks are left out, ports stay', () => {
  const ports = [{ name: 'http', port: 80, targetPort: 'web' }];
  const result = provided(
    { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: 'widgets.example.com' },
    { apiVersion: 'batch/v1', kind: 'Job', name: 'check', hook: 'post-install' },
    { apiVersion: 'v1', kind: 'Service', name: 'a', ports },
  );
  expect(result).toEqual({
    crds: ['widgets.example.com'],
    objects: [{ apiVersion: 'v1', kind: 'Service', namespace: '{namespace}', name: 'a', ports }],
  });
});
