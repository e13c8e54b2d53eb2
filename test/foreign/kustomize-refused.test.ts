import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { build } from '../../src/foreign/kustomize/build';
import { BuildError } from '../../src/foreign/kustomize/resource';
import { type Files, folderWith } from './folder';
import { context, hasKubectl } from './kustomize';

test.each<[string, Files, string]>([
  [
    'a field that it does not know',
    { 'overlay/kustomization.yaml': 'namespace: a\nresource: [web.yaml]\n' },
    '2: kustomization.yaml has a field resource, which kustomize does not know → write resources',
  ],
  [
    'a list that is none',
    { 'overlay/kustomization.yaml': 'resources: { a: b }\n' },
    '1: kustomization.yaml has a resources that is no list → write a list',
  ],
  [
    'another kind',
    { 'overlay/kustomization.yaml': 'kind: Kustomisation\n' },
    '1: kustomization.yaml is a Kustomisation → write kind: Kustomization, or kind: Component',
  ],
  [
    'folders that lead to each other',
    {
      'overlay/kustomization.yaml': 'resources: [../base]\n',
      'base/kustomization.yaml': 'resources:\n  - ../overlay\n',
    },
    '2: overlay leads back to itself → leave it out',
  ],
  [
    'a component that names itself',
    {
      'overlay/kustomization.yaml': 'components: [../part]\n',
      'part/kustomization.yaml': 'kind: Component\ncomponents: [../part]\n',
    },
    '2: part leads back to itself → leave it out',
  ],
  [
    'a patch with a tab',
    {
      'overlay/kustomization.yaml': 'patches:\n  - path: patch.yaml\n',
      'overlay/patch.yaml': 'kind: A\nmetadata:\n\tname: a\n',
    },
    '3: the patch cannot be read: tab characters must not be used in indentation → mend the patch, or its target: kustomize refuses it as well',
  ],
  [
    'a target that is no pattern',
    {
      'overlay/kustomization.yaml':
        'patches:\n  - target: { name: "*" }\n    patch: "[{op: remove, path: /a}]"\nresources: [a.yaml]\n',
      'overlay/a.yaml': 'kind: A\nmetadata: { name: a }\n',
    },
    '2: the target of a patch is no regular expression: nothing to repeat in ^(?:*)$ → mend the patch, or its target: kustomize refuses it as well',
  ],
])('%s is refused, as kustomize does', (_, files, expected) => {
  const folder = folderWith(files);
  const refused = (): string => {
    try {
      return `${build(join(folder, 'overlay'), context).resources.length} objects`;
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      return `${error.frame.line}: ${error.message.replaceAll(`${folder}/`, '')} → ${error.fix}`;
    }
  };
  expect(refused()).toBe(expected);
  if (!hasKubectl) return;
  expect(spawnSync('kubectl', ['kustomize', join(folder, 'overlay')]).status).not.toBe(0);
});
