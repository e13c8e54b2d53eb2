import { expect, test } from '@jest/globals';
import { add, base, findingsOf, firing, texts } from '../support';

const source = `
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: apps, namespace: flux-system }
spec: { interval: 1h, url: https://git.example.com/apps, ref: { tag: v1.0.0 } }`;
const applies = (name: string, path: string, more = ''): string => `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { interval: 1h, prune: true, path: ${path}, sourceRef: { kind: GitRepository, name: apps }${more} }`;
const foreign = (...documents: readonly string[]) =>
  add(base(), 'foreign', [source, ...documents].join('\n---'));

test('one folder that two Kustomizations apply is found', () => {
  const broken = foreign(applies('blog', './blog'), applies('again', 'blog/'));
  expect(firing(broken)).toEqual(['overlapping-paths']);
  expect(texts(broken, 'overlapping-paths')).toHaveLength(1);
});

test('a folder inside another one is a warning', () => {
  const broken = foreign(applies('all', './apps'), applies('blog', './apps/blog'));
  expect(findingsOf(broken)).toEqual([
    expect.objectContaining({
      rule: 'overlapping-paths',
      severity: 'warning',
      object: expect.objectContaining({ name: 'blog' }),
    }),
  ]);
  const whole = foreign(applies('all', './'), applies('blog', './apps/blog'));
  expect(firing(whole)).toEqual(['overlapping-paths']);
});

test('folders side by side, and one folder for two namespaces, are fine', () => {
  expect(firing(foreign(applies('blog', './apps/blog'), applies('press', './apps/blog-two')))).toEqual([]);
  expect(
    firing(
      foreign(
        applies('one', './app', ', targetNamespace: shop'),
        applies('two', './app', ', targetNamespace: data'),
      ),
    ),
  ).toEqual([]);
});
