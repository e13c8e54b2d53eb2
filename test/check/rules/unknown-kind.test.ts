import { expect, test } from '@jest/globals';
import { add, base, findingsOf, firing } from '../support';

const gadget = (name: string): string =>
  `apiVersion: acme.example.com/v1\nkind: Gadget\nmetadata: { name: ${name}, namespace: data }`;

test('a kind of a group that nobody knows is a note, once for all its objects', () => {
  const crd = { kind: 'apiextensions.k8s.io/CustomResourceDefinition', name: '*', reason: 'test' };
  const estate = add(base({ externals: [crd] }), 'shop', `${gadget('one')}\n---\n${gadget('two')}`);
  const findings = findingsOf(estate).filter(({ rule }) => rule === 'unknown-kind');
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatchObject({
    severity: 'note',
    message: expect.stringContaining('Gadget data/one and Gadget data/two'),
  });
});

test('a kind that Kubernetes itself does not have is an error', () => {
  const broken = add(
    base(),
    'shop',
    'apiVersion: apps/v1\nkind: Deploymnt\nmetadata: { name: x, namespace: shop }',
  );
  expect(findingsOf(broken)).toEqual([expect.objectContaining({ rule: 'unknown-kind', severity: 'error' })]);
});

test('an object without a kind is an error', () => {
  expect(firing(add(base(), 'shop', 'metadata: { name: x }'))).toEqual(['unknown-kind']);
});
