import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { beginning, contentOf, fluxwright, project, run } from './project';

const root = resolve(__dirname, '..', '..');
const settings = `language: typescript
app: node ${join(root, 'bin', 'fluxwright.js')} synth --app main.ts
output: .fluxwright/cdk8s
`;
const good = `${beginning}map('a', { a: '1' });\napp.synth();\n`;
const bad = `${beginning}throw new Error('no luck today');\n`;
const old = { 'dist/test/kustomization.yaml': 'resources: []\n' };

const cdk8s = (folder: string) =>
  run(folder, join(root, 'node_modules', '.bin', 'cdk8s'), ['synth', '--check-upgrade=false']);

test('cdk8s synth writes what fluxwright synth writes', async () => {
  const [one, two] = [project(good, { 'cdk8s.yaml': settings }), project(good)];
  const [outcome] = await Promise.all([cdk8s(one), fluxwright(two, ['synth'])]);
  expect(outcome.code).toBe(0);
  expect(contentOf(join(one, 'dist'))).toEqual(contentOf(join(two, 'dist')));
  expect(Object.keys(contentOf(join(one, 'dist')))).toContain('test/shop/shop/configmap_a.yaml');
});

test('under cdk8s synth too, a chart that throws is one finding, and dist/ stays as it was', async () => {
  const folder = project(bad, { 'cdk8s.yaml': settings, ...old });
  const { code, stderr } = await cdk8s(folder);
  expect(code).toBe(1);
  expect(stderr).toContain('error[crash] no luck today\n');
  expect(stderr).toContain('at  main.ts:8:7');
  expect(contentOf(join(folder, 'dist'))).toEqual({ 'test/kustomization.yaml': 'resources: []\n' });
});
