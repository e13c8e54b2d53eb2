import { expect, test } from '@jest/globals';
import { missingDependsOn } from '../../../src/check/rules/missing-depends-on';
import type { Ordered } from '../../../src/units';
import { add, base, texts } from '../support';

const rules = [missingDependsOn];

/** The same units, none of which says what it waits for. */
function withoutOrder(ordered: Ordered): Ordered {
  const units = ordered.cluster.units.map((unit) => ({ ...unit, dependsOn: [] }));
  return { ...ordered, cluster: { ...ordered.cluster, units } };
}

const user = (name: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: data }
spec: { containers: [{ name: main, image: busybox:1.36.1, envFrom: [{ configMapRef: { name: shared } }] }] }`;
const shared = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: shared, namespace: data }';

test('a unit that does not wait for what it needs is found, with the dependsOn to write', () => {
  const estate = add(add(base(), 'one', user('one')), 'other', shared);
  const found = texts(estate, 'missing-depends-on', { rules, adjust: withoutOrder });
  expect(found).toContainEqual(
    'Kustomization one spec.dependsOn: one needs ConfigMap data/shared (for Pod data/one (/charts/one.ts:2)) of other, but does not wait for it → write dependsOn: [{ name: other }]',
  );
});

test('many units that lack the same one are said together', () => {
  const names = ['one', 'two', 'three', 'four'];
  const users = names.reduce((estate, name) => add(estate, name, user(name)), add(base(), 'other', shared));
  const found = texts(users, 'missing-depends-on', { rules, adjust: withoutOrder });
  const about = found.filter((text) => text.includes('ConfigMap data/shared'));
  expect(about).toEqual([expect.stringContaining('4 units need ConfigMap data/shared')]);
});

test('the order that follows from the estate is enough', () => {
  const estate = add(add(base(), 'one', user('one')), 'other', shared);
  expect(texts(estate, 'missing-depends-on', { rules })).toEqual([]);
});
