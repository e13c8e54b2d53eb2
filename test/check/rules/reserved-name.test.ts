import { expect, test } from '@jest/globals';
import { add, base, firing, texts } from '../support';

test("a chart with the name of another chart's custom resources is found", () => {
  const broken = add(
    base(),
    'kafka-custom',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x, namespace: queuing }',
  );
  expect(firing(broken)).toEqual(['reserved-name']);
  expect(texts(broken, 'reserved-name')).toEqual([
    expect.stringContaining(
      'the chart kafka-custom has the name of the unit for the custom resources of kafka',
    ),
  ]);
});

test('a chart called namespaces or flux-system with objects of its own is found', () => {
  const note = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x, namespace: shop }';
  expect(firing(add(base(), 'namespaces', note))).toEqual(['reserved-name']);
  // The root unit waits for nothing, so it cannot wait for the Namespace either.
  expect(firing(add(base(), 'flux-system', note))).toEqual(['missing-depends-on', 'reserved-name']);
});

const note = (namespace: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x, namespace: ${namespace} }`;

test('what Flux itself needs may be in flux-system, and other charts may end in -custom', () => {
  expect(firing(add(base(), 'flux-system', note('flux-system')))).toEqual([]);
  expect(firing(add(base(), 'shop-custom', note('shop')))).toEqual([]);
});
