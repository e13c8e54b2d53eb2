import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { load, YAML11_SCHEMA } from 'js-yaml';
import type { JsonObject } from '../../src/estate';
import { compactCrd } from '../../src/import/compact-crd';
import type { SchemaNode } from '../../src/schema/types';

const widget = load(readFileSync(join(__dirname, 'fixtures/widgets.example.com.yaml'), 'utf8'), {
  schema: YAML11_SCHEMA,
}) as JsonObject;

/** A schema with every reference replaced by what it points at. */
function expand(node: SchemaNode, defs: { readonly [name: string]: SchemaNode }): unknown {
  return JSON.parse(JSON.stringify(node), (_, value) =>
    typeof value?.$ref === 'string' ? expand(defs[value.$ref.slice('#/defs/'.length)]!, defs) : value,
  );
}

function spec(): Record<string, SchemaNode> {
  const [first] = compactCrd(widget);
  const root = expand(first!.root, first!.defs) as SchemaNode;
  return root.properties!['spec']!.properties as Record<string, SchemaNode>;
}

test('versions come with the storage version first, and say which are served', () => {
  const kinds = compactCrd(widget);
  expect(kinds.map(({ version }) => version)).toEqual(['v1', 'v1alpha1', 'v1beta1']);
  expect(kinds[0]).toMatchObject({
    served: ['v1', 'v1beta1'],
    unserved: ['v1alpha1'],
    plural: 'widgets',
    namespaced: true,
  });
});

test('prose goes, a property that is called like prose stays', () => {
  const text = JSON.stringify(compactCrd(widget));
  expect(text).not.toMatch(/Prose|Free\.|What is wanted|another description/);
  expect(spec()['description']).toEqual({ type: 'string', nullable: true, pattern: '^[a-z]+$' });
});

test('everything that judges stays', () => {
  expect(spec()).toMatchObject({
    mode: { type: 'string', enum: ['Fast', 'Safe', ''] },
    port: { 'x-kubernetes-int-or-string': true, anyOf: [{ type: 'integer' }, { type: 'string' }] },
    size: { type: 'integer', format: 'int32', minimum: 1, maximum: 9, default: 3 },
    labels: { additionalProperties: { type: 'string' } },
    parts: { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] },
    template: { 'x-kubernetes-embedded-resource': true },
  });
  expect(compactCrd(widget)[0]!.root['x-kubernetes-validations']).toHaveLength(1);
});

test('the metadata of every object is there, with what the CRD asks of the name', () => {
  const [first] = compactCrd(widget);
  const root = expand(first!.root, first!.defs) as SchemaNode;
  expect(root.properties!['metadata']!.properties).toMatchObject({
    name: { type: 'string', maxLength: 40 },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
  });
});

test('what differs in prose alone is shared', () => {
  const { defs } = compactCrd(widget)[0]!;
  const shared = Object.values(defs).filter((node) => node.properties?.['weight']);
  expect(shared).toHaveLength(1);
});

test('compacting twice gives the same text, whatever order the properties came in', () => {
  const reversed = JSON.parse(JSON.stringify(widget), (key, value) =>
    key === 'properties' ? Object.fromEntries(Object.entries(value as object).toReversed()) : value,
  ) as JsonObject;
  expect(JSON.stringify(compactCrd(reversed))).toBe(JSON.stringify(compactCrd(widget)));
});

test.each([
  [
    'a removed version',
    { ...widget, apiVersion: 'apiextensions.k8s.io/v1beta1' },
    /widgets.example.com.*removed in Kubernetes 1.22/,
  ],
  ['no spec', { kind: 'CustomResourceDefinition', apiVersion: 'apiextensions.k8s.io/v1' }, /has no spec/],
  [
    'no versions',
    { ...widget, spec: { ...(widget['spec'] as JsonObject), versions: [] } },
    /no spec.versions/,
  ],
])('a CRD with %s is refused with the reason', (_, crd, reason) => {
  expect(() => compactCrd(crd)).toThrow(reason);
});
