import { expect, test } from '@jest/globals';
import { add, base, firing, texts, without } from '../support';

test('a custom resource without its CRD is found', () => {
  const broken = without(base(), 'HelmRelease queuing/strimzi', 'OCIRepository flux-system/strimzi');
  expect(firing(broken)).toEqual(['missing-crd']);
  expect(texts(broken, 'missing-crd')).toHaveLength(2);
});

test('a kustomization.yaml among the objects is called what it is', () => {
  const stray =
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: { name: x }\nresources: []';
  expect(texts(add(base(), 'shop', stray), 'missing-crd')).toEqual([
    expect.stringContaining('a kustomization.yaml is read by kustomize'),
  ]);
});

test('a CRD in the estate is enough', () => {
  const crd = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: gadgets.acme.example.com }
spec:
  group: acme.example.com
  names: { kind: Gadget, listKind: GadgetList, plural: gadgets, singular: gadget }
  scope: Namespaced
  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object } } }]
---
apiVersion: acme.example.com/v1
kind: Gadget
metadata: { name: one, namespace: data }`;
  expect(firing(add(base(), 'gadgets', crd))).toEqual([]);
});
