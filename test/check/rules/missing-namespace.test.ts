import { expect, test } from '@jest/globals';
import { add, base, firing, set, texts, without } from '../support';

test('a namespace that is not there is found once, with everything in it', () => {
  const broken = without(base(), 'Namespace shop');
  expect(firing(broken)).toContain('missing-namespace');
  expect(texts(broken, 'missing-namespace')).toEqual([
    expect.stringMatching(/there is no Namespace shop: .* and \d+ more cannot be there/),
  ]);
});

test('a typing mistake gets the name that was meant', () => {
  const broken = add(
    base(),
    'shop',
    'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: lost, namespace: shpo }',
  );
  expect(firing(broken)).toEqual(['missing-namespace']);
  expect(texts(broken, 'missing-namespace')).toEqual([expect.stringContaining('→ write shop')]);
});

test('the namespace that a release goes to has to be there as well', () => {
  const broken = set(base(), 'HelmRelease queuing/strimzi', 'spec.targetNamespace', 'operators');
  expect(texts(broken, 'missing-namespace')).toEqual([
    expect.stringContaining('there is no Namespace operators'),
  ]);
  expect(
    texts(
      set(broken, 'HelmRelease queuing/strimzi', 'spec.install.createNamespace', true),
      'missing-namespace',
    ),
  ).toEqual([]);
});

test('namespaces of every cluster, and declared ones, are there', () => {
  const inside = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: note, namespace: default }';
  expect(firing(add(base(), 'shop', inside))).toEqual([]);
  const externals = [{ kind: 'Namespace', name: 'legacy', reason: 'another team' }];
  expect(firing(add(base({ externals }), 'shop', inside.replace('default', 'legacy')))).toEqual([]);
});
