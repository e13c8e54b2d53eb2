import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { annotationsOf, Cluster, FluxApp, FluxChart, Include, keep, Program } from '../../src';
import { compileApp } from '../../src/pipeline';
import { write } from '../../src/write';

const prune = 'kustomize.toolkit.fluxcd.io/prune';
const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-keep-'));
  folders.push(folder);
  return folder;
}

const plain =
  'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings, namespace: shop }\ndata: { a: b }\n';
const signed = `apiVersion: v1
kind: Secret
metadata: { name: card, namespace: shop }
stringData: { key: 'ENC[AES256_GCM,data:abc,type:str]' }
sops: { mac: abc }
`;

/** A chart of that name with a program, whose policies are derived, and YAML that somebody else wrote. */
function appOf(name: string, kept: boolean, yaml: string, dist = 'dist'): FluxApp {
  const folder = temporary();
  writeFileSync(join(folder, 'foreign.yaml'), yaml);
  const app = new FluxApp({ dist });
  const chart = new FluxChart(new Cluster(app, 'test', { networkPolicies: true }), name, {
    namespace: 'shop',
  });
  new Program(chart, 'api', { name: 'api', image: 'ghcr.io/example/api:1.0.0', port: 80 });
  new Include(chart, 'foreign', { path: join(folder, 'foreign.yaml') });
  if (kept) keep(chart);
  return app;
}

function changed(before: FluxApp, after: FluxApp, folder: string): readonly { rule: string; fix: string }[] {
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
      cwd: folder,
      stdio: 'ignore',
    });
  write(join(folder, 'dist'), compileApp(before).tree, { allowRemoval: true });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message=before');
  return compileApp(after).findings.filter(({ severity }) => severity === 'error');
}

test('all that is kept can go to a unit of another name: derived policies and foreign YAML as well', () => {
  const folder = temporary();
  const dist = join(folder, 'dist');
  expect(changed(appOf('shop', true, plain, dist), appOf('store', true, plain, dist), folder)).toEqual([]);
});

test('what SOPS has signed is not touched, and who renames its unit hears what to do with it', () => {
  const objects = compileApp(appOf('shop', true, plain + '---\n' + signed)).estate.clusters[0]!.objects;
  const kept = new Map(objects.map(({ kind, body }) => [kind, annotationsOf(body)[prune]]));
  expect([kept.get('ConfigMap'), kept.get('Secret')]).toEqual(['disabled', undefined]);
  const folder = temporary();
  const dist = join(folder, 'dist');
  const [finding] = changed(appOf('shop', true, signed, dist), appOf('store', true, signed, dist), folder);
  expect(finding).toMatchObject({ rule: 'unit-renamed' });
  expect(finding?.fix).toContain('Secret shop/card alone, as SOPS has signed it');
});
