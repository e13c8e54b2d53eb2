import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { changedSince, previousTree } from '../../src/previous';

let root: string;
let dist: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'previous-'));
  dist = join(root, 'deploy/dist');
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=T', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...identity, ...args], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function configMap(text: string): string {
  return `apiVersion: v1\nkind: ConfigMap\ndata:\n  text: ${text}\n`;
}

function commit(files: { [path: string]: string }, ...format: string[]): void {
  git('init', '-q', '-b', 'main', ...format);
  for (const [path, text] of Object.entries(files)) put(path, text);
  git('add', '-A', '-f');
  git('commit', '-q', '-m', 'state');
}

const FILES = {
  'main.ts': 'code',
  'deploy/dist/kind/a/ns/configmap_one.yaml': configMap('one'),
  'deploy/dist/kind/a/ns/configmap_two.yaml': configMap('zwei ü'),
  'deploy/dist/kind/a/ns/configmap_three.yaml': configMap('three'),
  'deploy/dist/kind/a/kustomization.yaml': 'resources: []\n',
};

test.each(['sha1', 'sha256'])('what differs from the commit is known, in a repository of %s', (format) => {
  commit(FILES, `--object-format=${format}`);
  const tree = new Map([
    ['kind/a/ns/configmap_one.yaml', configMap('one')],
    ['kind/a/ns/configmap_two.yaml', configMap('two')],
    ['kind/a/ns/configmap_four.yaml', configMap('four')],
    ['kind/a/kustomization.yaml', 'resources: [x]\n'],
  ]);
  const { changed, removed, added } = changedSince(previousTree(dist), tree);
  expect(changed.map(({ path, before, beforeText }) => ({ path, before, beforeText }))).toEqual([
    {
      path: 'kind/a/ns/configmap_two.yaml',
      before: { apiVersion: 'v1', kind: 'ConfigMap', data: { text: 'zwei ü' } },
      beforeText: configMap('zwei ü'),
    },
  ]);
  expect(removed.map(({ path, before }) => [path, before?.['data']])).toEqual([
    ['kind/a/ns/configmap_three.yaml', { text: 'three' }],
  ]);
  expect(added).toEqual(['kind/a/ns/configmap_four.yaml']);
});

test('the commit counts, not what lies in the folder or in the index', () => {
  commit(FILES);
  put('deploy/dist/kind/a/ns/configmap_one.yaml', configMap('edited'));
  put('deploy/dist/kind/a/ns/configmap_new.yaml', configMap('new'));
  git('add', '-A');
  expect([...previousTree(dist).files.keys()].sort()).toEqual([
    'kind/a/kustomization.yaml',
    'kind/a/ns/configmap_one.yaml',
    'kind/a/ns/configmap_three.yaml',
    'kind/a/ns/configmap_two.yaml',
  ]);
});

test('a folder that was deleted is still known', () => {
  commit(FILES);
  const before = previousTree(dist).files;
  rmSync(join(root, 'deploy'), { recursive: true });
  expect(previousTree(dist).files).toEqual(before);
  expect(changedSince(previousTree(dist), new Map()).removed.map(({ before }) => before?.['kind'])).toEqual([
    'ConfigMap',
    'ConfigMap',
    'ConfigMap',
  ]);
});

test('the output folder may be the whole repository', () => {
  commit(FILES);
  expect(previousTree(root).files.has('deploy/dist/kind/a/ns/configmap_one.yaml')).toBe(true);
});

test('names that git would quote come through', () => {
  commit({ 'deploy/dist/kind/a b/ü"\t.yaml': 'x: 1\n' });
  expect([...previousTree(dist).files.keys()]).toEqual(['kind/a b/ü"\t.yaml']);
});

test('another revision or branch can be the base', () => {
  commit(FILES);
  git('branch', 'before');
  commit({ 'deploy/dist/kind/a/ns/configmap_one.yaml': configMap('later') });
  const tree = new Map([['kind/a/ns/configmap_one.yaml', configMap('later')]]);
  expect(changedSince(previousTree(dist), tree).changed).toEqual([]);
  expect(
    changedSince(previousTree(dist, 'before'), tree).changed.map(({ beforeText }) => beforeText),
  ).toEqual([configMap('one')]);
  expect(changedSince(previousTree(dist, 'HEAD~1'), tree).changed).toHaveLength(1);
});

test.each(['origin/main', '-h', '--output=x'])('a base that does not exist (%s) is a finding', (base) => {
  commit(FILES);
  const { files, findings } = previousTree(dist, base);
  expect(files.size).toBe(0);
  expect(findings).toMatchObject([
    { rule: 'base-unknown', severity: 'error', message: expect.stringContaining(base) },
  ]);
});

test('outside a repository, before the first commit, and where nothing is committed there is nothing', () => {
  const nothing = { files: new Map(), findings: [] };
  mkdirSync(dist, { recursive: true });
  expect(previousTree(dist)).toMatchObject(nothing);
  git('init', '-q');
  expect(previousTree(dist)).toMatchObject(nothing);
  commit({ 'main.ts': 'code' });
  expect(previousTree(dist)).toMatchObject(nothing);
});

test.each([
  ['.gitignore', 'node_modules\ndist/\n', 2],
  ['deploy/.gitignore', 'dist\n', 1],
])('an output that %s ignores is never committed, and that is said', (file, text, line) => {
  commit({ 'main.ts': 'code', [file]: text });
  const said = [
    {
      rule: 'output-ignored',
      severity: 'warning',
      origin: { frames: [{ file: join(root, file), line, column: 1 }] },
    },
  ];
  expect(previousTree(dist).findings).toMatchObject(said);
  mkdirSync(dist, { recursive: true });
  expect(previousTree(dist).findings).toMatchObject(said);
});

test('an output that is ignored nowhere, or in spite of it is committed, is fine', () => {
  commit({ '.gitignore': 'dist\n!/deploy/dist\n' });
  expect(previousTree(dist).findings).toEqual([]);
  commit({ ...FILES, '.gitignore': 'dist\n' });
  expect(previousTree(dist).findings).toEqual([]);
});

test('a repository that git refuses to read is a finding, not an empty state', () => {
  commit(FILES);
  put('.git/config', '[core\n');
  expect(previousTree(dist).findings).toMatchObject([{ rule: 'base-unreadable' }]);
});

test('a repository on a machine without git is a finding, a folder outside of one is not', () => {
  const path = process.env['PATH'];
  process.env['PATH'] = root;
  try {
    put('deploy/dist/a.yaml', 'a');
    expect(previousTree(dist).findings).toEqual([]);
    mkdirSync(join(root, '.git'));
    expect(previousTree(dist).findings).toMatchObject([
      {
        rule: 'base-unreadable',
        message: 'git cannot tell what was committed before: git is not installed',
      },
    ]);
  } finally {
    process.env['PATH'] = path;
  }
});

test('a shallow clone has what it needs', () => {
  commit(FILES);
  commit({ 'deploy/dist/kind/a/ns/configmap_one.yaml': configMap('later') });
  git('clone', '-q', '--depth=1', `file://${root}`, 'shallow');
  const { changed } = changedSince(
    previousTree(join(root, 'shallow/deploy/dist')),
    new Map([['kind/a/ns/configmap_one.yaml', configMap('new')]]),
  );
  expect(changed.map(({ beforeText }) => beforeText)).toEqual([configMap('later')]);
});

test('inside a hook the repository of the folder is the one that is read', () => {
  commit(FILES);
  process.env['GIT_DIR'] = '.git';
  try {
    expect(previousTree(dist).files.size).toBe(4);
  } finally {
    delete process.env['GIT_DIR'];
  }
});

test('what was committed broken has a text but no body', () => {
  commit({ 'deploy/dist/kind/a/ns/configmap_one.yaml': 'a: [\n' });
  const [object] = changedSince(previousTree(dist), new Map()).removed;
  expect(object?.before).toBeUndefined();
  expect(object?.beforeText).toBe('a: [\n');
});
