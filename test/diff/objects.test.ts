import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { diffJson, diffSince, diffText, diffTrees } from '../../src/diff';
import type { FileTree, JsonObject } from '../../src/estate';
import { pathOf } from '../../src/layout';
import { previousTree } from '../../src/previous';
import { openRegistry, packageImports } from '../../src/schema/registry';
import { write } from '../../src/write';
import { toYaml } from '../../src/yaml';

type Body = JsonObject & { apiVersion: string; kind: string; metadata: { name: string; namespace?: string } };

function tree(units: { readonly [unit: string]: readonly Body[] }): FileTree {
  const files = Object.entries(units).flatMap(([unit, bodies]) => {
    const [cluster = '', name = ''] = unit.split('/');
    return bodies.map((body): [string, string] => [
      pathOf(cluster, name, { apiVersion: body.apiVersion, kind: body.kind, ...body.metadata }),
      toYaml(body),
    ]);
  });
  return new Map(files);
}

function configMap(name: string, data: JsonObject): Body {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'shop' }, data };
}

function secret(fields: JsonObject): Body {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key', namespace: 'shop' }, ...fields };
}

function encrypted(text: string): Body {
  const sops = {
    mac: `ENC[${text}]`,
    lastmodified: text,
    age: [{ recipient: 'age1', enc: `-----\n${text}\n` }],
  };
  return { ...configMap('x', { a: `ENC[AES256_GCM,data:${text},type:str]`, open: text }), sops };
}

function service(...ports: JsonObject[]): Body {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'api', namespace: 'shop' }, spec: { ports } };
}

const deployment = (replicas: number, ...args: string[]): Body => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'api', namespace: 'shop' },
  spec: {
    replicas,
    template: {
      spec: { containers: [{ name: 'proxy' }, { name: 'api', args, env: [{ name: 'A', value: '1' }] }] },
    },
  },
});

test('a person reads what was added, removed, changed and moved', () => {
  const before = tree({
    'kind/shop': [
      deployment(2, '--verbose'),
      configMap('old', {}),
      configMap('text', { 'app.conf': 'a\nb\nc\nd\ne\nf\ng\n' }),
    ],
    'kind/data': [configMap('moved', { a: '1' })],
  });
  const after = tree({
    'kind/shop': [
      deployment(3, '--verbose', '--debug'),
      configMap('new', {}),
      configMap('text', { 'app.conf': 'a\nb\nc\nX\ne\nf\ng\n', more: 'yes' }),
      configMap('moved', { a: '2' }),
    ],
  });
  expect(diffText(diffTrees(before, after), { color: false })).toMatchInlineSnapshot(`
"kind/shop
  > ConfigMap shop/moved  from kind/data
      ~ data.a: "1" → "2"
  + ConfigMap shop/new
  - ConfigMap shop/old
  ~ ConfigMap shop/text
      ~ data["app.conf"]:
          …
            b
            c
          - d
          + X
            e
            f
          …
      + data.more: "yes"
  ~ Deployment shop/api
      ~ spec.replicas: 2 → 3
      + spec.template.spec.containers[name=api].args[1]: --debug
1 added, 1 removed, 2 changed, 1 moved
"
`);
});

test('nothing is said of what is equal, or only written in another way', () => {
  const before = new Map([
    ['kind/a/shop/configmap_x.yaml', 'kind: ConfigMap\napiVersion: v1\nmetadata: {name: x}\n'],
  ]);
  const after = new Map([
    ['kind/a/shop/configmap_x.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n'],
  ]);
  expect(diffTrees(before, after)).toEqual([]);
  expect(diffText([], { color: true })).toBe('no object changes\n');
});

test('lists of files are not objects', () => {
  const [before, after] = ['[]', '[a]'].map(
    (list) => new Map([['kind/a/kustomization.yaml', `resources: ${list}\n`]]),
  );
  expect(diffTrees(before ?? new Map(), after ?? new Map())).toEqual([]);
});

test('the same name in two clusters is two objects', () => {
  const changes = diffTrees(
    tree({ 'kind/shop': [configMap('a', {})] }),
    tree({ 'lab/shop': [configMap('a', {})] }),
  );
  expect(changes.map(({ change, cluster }) => `${change} ${cluster}`)).toEqual(['removed kind', 'added lab']);
});

test('another version of an API is a change of the object, not another object', () => {
  const kafka = { apiVersion: 'kafka.strimzi.io/v1beta2', kind: 'Kafka', metadata: { name: 'k' } };
  const before = tree({ 'kind/a': [kafka] });
  const after = tree({ 'kind/a': [{ ...kafka, apiVersion: 'kafka.strimzi.io/v1' }] });
  expect(diffTrees(before, after)).toMatchObject([{ change: 'changed', fields: [{ path: 'apiVersion' }] }]);
});

test('no value of a Secret is ever printed, wherever it stands', () => {
  const hidden = 'aHVudGVyMg';
  const last = { 'kubectl.kubernetes.io/last-applied-configuration': `{"data":"${hidden}1"}` };
  const before = secret({
    data: { a: `${hidden}1`, gone: hidden },
    stringData: { text: `${hidden}\nmore\n` },
  });
  const after = secret({
    metadata: { name: 'key', namespace: 'shop', annotations: last },
    data: { a: `${hidden}2`, 'new.key': hidden },
    stringData: { text: `${hidden}\nless\n` },
    type: 'Opaque',
  });
  const changes = diffTrees(tree({ 'kind/a': [before] }), tree({ 'kind/a': [after] }));
  for (const text of [diffText(changes, { color: false }), diffJson(changes)]) {
    expect(text).not.toContain(hidden);
    expect(text).not.toMatch(/more|less/);
  }
  expect(changes[0]?.fields.map(({ path, change }) => `${change} ${path}`)).toEqual([
    'changed data.a',
    'removed data.gone',
    'added data["new.key"]',
    'added metadata.annotations',
    'changed stringData.text',
    'added type',
  ]);
  expect(changes[0]?.fields.at(-1)).toMatchObject({ after: 'Opaque' });
});

test('a Secret that is new or gone shows nothing either', () => {
  const changes = diffTrees(tree({}), tree({ 'kind/a': [secret({ data: { a: 'aHVudGVyMg' } })] }));
  expect(diffJson(changes)).not.toContain('aHVudGVyMg');
});

test('an encrypted document says that it was encrypted anew, not how', () => {
  const before = tree({ 'kind/a': [encrypted('one')] });
  const after = tree({ 'kind/a': [encrypted('two')] });
  expect(diffTrees(before, after)[0]?.fields).toEqual([
    { path: 'data.a', change: 'changed', before: '***', after: '***' },
    { path: 'data.open', change: 'changed', before: 'one', after: 'two' },
    { path: 'sops', change: 'changed', before: '***', after: '***' },
  ]);
});

test('schemas tell which items of a list are the same', () => {
  const before = tree({ 'kind/a': [service({ name: 'http', port: 80, targetPort: 1 })] });
  const after = tree({ 'kind/a': [service({ name: 'web', port: 80, targetPort: 2 })] });
  const changes = diffTrees(before, after, openRegistry([packageImports()]));
  expect(changes[0]?.fields.map(({ path }) => path)).toEqual([
    'spec.ports[port=80,protocol=TCP].name',
    'spec.ports[port=80,protocol=TCP].targetPort',
  ]);
});

test('a file that cannot be read is named, not shown', () => {
  const before = new Map([['kind/a/x/secret_y.yaml', 'data: [secret\n']]);
  const after = tree({ 'kind/a': [configMap('a', {})] });
  const changes = diffTrees(before, after);
  expect(changes.map(({ change, kind, name }) => `${change} ${kind} ${name}`)).toEqual([
    'added ConfigMap a',
    'removed File kind/a/x/secret_y.yaml',
  ]);
  expect(diffJson(changes)).not.toContain('[secret');
});

test('what is compared can be the last commit', () => {
  const root = mkdtempSync(join(tmpdir(), 'diff-'));
  try {
    const dist = join(root, 'dist');
    write(dist, tree({ 'kind/shop': [deployment(2), configMap('a', {})] }), { allowRemoval: false });
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@e', ...args], { cwd: root });
    git('init', '-q');
    git('add', '-A');
    git('commit', '-q', '-m', 'state');
    const after = tree({ 'kind/shop': [deployment(3)], 'kind/other': [configMap('a', {})] });
    const changes = diffSince(previousTree(dist), after);
    expect(changes.map(({ change, name, fields }) => [change, name, fields.map(({ path }) => path)])).toEqual(
      [
        ['moved', 'a', []],
        ['changed', 'api', ['spec.replicas']],
      ],
    );
  } finally {
    rmSync(root, { recursive: true });
  }
});

test('colours are used where they are asked for', () => {
  const changes = diffTrees(tree({}), tree({ 'kind/shop': [configMap('a', {})] }));
  expect(diffText(changes, { color: true })).toContain('\u001b[32m');
  expect(diffText(changes, { color: false })).not.toContain('\u001b');
});
