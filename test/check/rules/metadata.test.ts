import { expect, test } from '@jest/globals';
import { add, base, firing, set } from '../support';

test('a name that the API server does not take is found', () => {
  expect(
    firing(
      add(base(), 'shop', 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: Big_Name, namespace: shop }'),
    ),
  ).toEqual(['metadata']);
});

test('a label value that is too long is found', () => {
  const broken = set(base(), 'ConfigMap shop/settings', 'metadata.labels.note', 'x'.repeat(64));
  expect(firing(broken)).toEqual(['metadata']);
});

test('a role may have a name with a colon', () => {
  const role =
    'apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: "shop:reader", namespace: shop }';
  expect(firing(add(base(), 'shop', role))).toEqual([]);
});
