import { expect, test } from '@jest/globals';
import { base, firing, set, texts } from '../support';

test('a Job that keeps its name is found', () => {
  const broken = set(base(), 'Job shop/migrate-3f9a12c4', 'metadata.name', 'migrate');
  expect(firing(broken)).toEqual(['mutable-job']);
  expect(
    firing(
      set(broken, 'Job shop/migrate', 'metadata.annotations', {
        'kustomize.toolkit.fluxcd.io/force': 'enabled',
      }),
    ),
  ).toEqual([]);
});

test('a Job that removes itself is found: Flux would run it again', () => {
  const broken = set(base(), 'Job shop/migrate-3f9a12c4', 'spec.ttlSecondsAfterFinished', 60);
  expect(texts(broken, 'mutable-job')).toEqual([expect.stringContaining('it runs at every reconciliation')]);
});

test.each(['migrate-v1-4-2', 'migrate-1.4.2', 'migrate-8ab3c', 'seed-c8d1e0ff'])(
  'the name %s changes with the content',
  (name) => {
    expect(firing(set(base(), 'Job shop/migrate-3f9a12c4', 'metadata.name', name))).toEqual([]);
  },
);
