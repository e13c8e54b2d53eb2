import { expect, test } from '@jest/globals';
import { BINARIES } from '../../src/lab/binaries';
import { moduleFile } from '../../src/lab/build/build';
import { RECIPES } from '../../src/lab/build/recipes';

test('every program of a lab has a recipe, with a package of its modules or a main of ours', () => {
  for (const name of BINARIES) {
    const { package: tool, main, modules } = RECIPES[name];
    const isOfModule = tool !== undefined && Object.keys(modules).some((module) => tool.startsWith(module));
    expect([name, isOfModule, main !== undefined]).toEqual([name, tool !== undefined, tool === undefined]);
  }
});

test('every version is exact', () => {
  for (const { modules } of Object.values(RECIPES))
    for (const version of Object.values(modules)) expect(version).toMatch(/^v\d+\.\d+\.\d+$/);
});

test('Kubernetes says its own version, and its libraries are of the same release', () => {
  const file = moduleFile('kube', RECIPES.kube);
  expect(RECIPES.kube.variables?.['k8s.io/component-base/version.gitVersion']).toBe('v1.35.4');
  expect(file).toContain('require k8s.io/kubernetes v1.35.4\n');
  expect(file).toContain('replace k8s.io/apiserver => k8s.io/apiserver v0.35.4\n');
});
