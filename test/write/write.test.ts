import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { FileTree } from '../../src/estate';
import { write } from '../../src/write';
import type { WriteReport } from '../../src/write';
import { treeOf } from './tree';

let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'write-')), 'dist');
});

afterEach(() => {
  rmSync(dirname(folder), { recursive: true, force: true });
});

function save(tree: FileTree, options: Partial<Parameters<typeof write>[2]> = {}): WriteReport {
  return write(folder, tree, { allowRemoval: false, ...options });
}

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Everything below the folder, empty folders included. */
function disk(): { [path: string]: string } {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path.slice(folder.length + 1), entry.isFile() ? readFileSync(path, 'utf8') : '/'];
  });
  const full = entries.filter(
    ([path, text]) => text !== '/' || readdirSync(join(folder, path as string)).length === 0,
  );
  return Object.fromEntries(full) as { [path: string]: string };
}

function rules(report: WriteReport): string[] {
  return report.findings.map(({ rule }) => rule);
}

test('the first run writes everything, the second nothing', () => {
  const tree = treeOf({ 'kind/shop': ['a', 'b'], 'kind/data': ['c'] });
  expect(save(tree).written.toSorted()).toEqual([...tree.keys()].sort());
  expect(disk()).toEqual(Object.fromEntries(tree));
  expect(save(tree)).toEqual({ written: [], removed: [], unchanged: 5, repaired: false, findings: [] });
});

test('only what differs is written', () => {
  save(treeOf({ 'kind/shop': ['a', 'b'] }));
  const path = join(folder, 'kind/shop/ns/configmap_a.yaml');
  const before = statSync(path).ino;
  const tree = new Map([
    ...treeOf({ 'kind/shop': ['a', 'b'] }),
    ['kind/shop/ns/configmap_b.yaml', 'other\n'],
  ]);
  expect(save(tree).written).toEqual(['kind/shop/ns/configmap_b.yaml']);
  expect(statSync(path).ino).toBe(before);
  expect(disk()).toEqual(Object.fromEntries(tree));
});

test('stale files go, and the folders that they leave empty', () => {
  save(treeOf({ 'kind/shop': ['a', 'b'], 'kind/data': ['c'] }));
  const tree = treeOf({ 'kind/shop': ['a'] });
  const report = save(tree);
  expect(report.removed.toSorted()).toEqual([
    'kind/data/kustomization.yaml',
    'kind/data/ns/configmap_c.yaml',
    'kind/shop/ns/configmap_b.yaml',
  ]);
  expect(disk()).toEqual(Object.fromEntries(tree));
  expect(existsSync(join(folder, 'kind/data'))).toBe(false);
});

test('whatever was there before, a run leaves exactly the tree, and the next does nothing', () => {
  const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 });
  const unit = fc.constantFrom('kind/shop', 'kind/data', 'lab/shop');
  const tree = fc.dictionary(unit, names).map(treeOf);
  const property = fc.property(fc.array(tree, { minLength: 1, maxLength: 4 }), (trees) => {
    for (const tree of trees) {
      expect(save(tree, { allowRemoval: true }).findings).toEqual([]);
      expect(disk()).toEqual(Object.fromEntries(tree));
      expect(save(tree).written).toEqual([]);
    }
  });
  fc.assert(property, { numRuns: 60 });
});

test.each([
  'notes.txt',
  'kind/README.md',
  'kind/shop/patch.yaml',
  'kind/shop/ns/configmap_mine.yaml',
  'kind/shop/.hidden',
])('a file made by hand (%s) stops the run before it changes anything', (path) => {
  save(treeOf({ 'kind/shop': ['a', 'b'] }));
  put(path, 'mine\n');
  const before = disk();
  const report = save(treeOf({ 'kind/shop': ['a'], 'kind/new': ['c'] }), { allowRemoval: true });
  expect(rules(report)).toEqual(['output-foreign-file']);
  expect(report.findings[0]?.message).toContain(path);
  expect(report.findings[0]?.fix).toContain('Include');
  expect(disk()).toEqual(before);
});

test('a hand-made folder with a list of its own is not taken for ours', () => {
  save(treeOf({ 'kind/shop': ['a'] }));
  put('kind/mine/kustomization.yaml', 'kind: Kustomization\nresources:\n  - app.yaml\n');
  put('kind/mine/app.yaml', 'mine\n');
  expect(rules(save(treeOf({ 'kind/shop': ['a'] })))).toEqual(['output-foreign-file']);
  expect(existsSync(join(folder, 'kind/mine/app.yaml'))).toBe(true);
});

test('a list that somebody edited makes nothing ours', () => {
  save(treeOf({ 'kind/shop': ['a'], 'kind/data': ['b'] }));
  const list = readFileSync(join(folder, 'kind/data/kustomization.yaml'), 'utf8');
  put('kind/data/kustomization.yaml', `# mine now\n${list}`);
  const [finding] = save(treeOf({ 'kind/shop': ['a'] })).findings;
  expect(finding).toMatchObject({ rule: 'output-foreign-file', message: expect.stringContaining('2 files') });
});

test('a folder that is not an output folder at all is left alone', () => {
  for (let index = 0; index < 30; index++) put(`src/file-${index}.ts`, 'code');
  const [finding] = save(treeOf({ 'kind/shop': ['a'] })).findings;
  expect(finding?.message).toMatch(/30 files.* and 20 more/);
  expect(readdirSync(folder)).toEqual(['src']);
});

test('what was committed before is ours, even where nothing lists it', () => {
  put('kind/old/ns/configmap_x.yaml', 'old\n');
  const previous = new Set(['kind/old/ns/configmap_x.yaml']);
  const tree = treeOf({ 'kind/shop': ['a'] });
  expect(save(tree, { previous }).findings).toEqual([]);
  expect(disk()).toEqual(Object.fromEntries(tree));
});

test('a file made by hand stays one when it is committed', () => {
  put('kind/notes.txt', 'mine\n');
  put('kind/shop/patches/more.yaml', 'mine\n');
  const previous = new Set(['kind/notes.txt', 'kind/shop/patches/more.yaml']);
  const [finding] = save(treeOf({ 'kind/shop': ['a'] }), { previous }).findings;
  expect(finding).toMatchObject({ rule: 'output-foreign-file', message: expect.stringContaining('2 files') });
});

test('more than a few removals at once have to be allowed', () => {
  const many = treeOf({ 'kind/shop': ['a', 'b', 'c', 'd', 'e', 'f', 'g'] });
  save(many);
  const report = save(treeOf({ 'kind/shop': ['a'] }));
  expect(rules(report)).toEqual(['mass-removal']);
  expect(report.findings[0]?.message).toMatch(/remove 6 objects.*configmap_b\.yaml.*configmap_g\.yaml/);
  expect(report.findings[0]?.fix).toContain('--allow-removal');
  expect(disk()).toEqual(Object.fromEntries(many));
  expect(rules(save(treeOf({ 'kind/shop': ['a'] }), { limit: 6 }))).toEqual([]);
  save(many);
  expect(rules(save(treeOf({ 'kind/shop': ['a'] }), { allowRemoval: true }))).toEqual([]);
});

test('objects that only change their unit are not removed', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  save(treeOf({ 'kind/shop': names }));
  expect(save(treeOf({ 'kind/store': names })).findings).toEqual([]);
  expect(rules(save(treeOf({ 'lab/store': names })))).toEqual(['mass-removal']);
});

test('a file in the place of a folder is a finding', () => {
  put('kind/shop', 'a file\n');
  const report = save(treeOf({ 'kind/shop': ['a'] }));
  expect(rules(report)).toEqual(['output-blocked']);
  expect(disk()).toEqual({ 'kind/shop': 'a file\n' });
});

test('a folder in the place of a file is a finding', () => {
  mkdirSync(join(folder, 'kind/shop/kustomization.yaml'), { recursive: true });
  expect(rules(save(treeOf({ 'kind/shop': ['a'] })))).toEqual(['output-blocked']);
});

test('an output folder that is a file, or lies below one, is a finding', () => {
  writeFileSync(folder, 'a file\n');
  expect(rules(save(treeOf({ 'kind/shop': ['a'] })))).toEqual(['output-unwritable']);
  const below = write(join(folder, 'dist'), treeOf({ 'kind/shop': ['a'] }), { allowRemoval: false });
  expect(rules(below)).toEqual(['output-unwritable']);
  expect(readFileSync(folder, 'utf8')).toBe('a file\n');
});

test('what the system refuses before anything is in its place changes nothing', () => {
  save(treeOf({ 'kind/shop': ['a'] }));
  const before = disk();
  const tree = new Map([...treeOf({ 'kind/shop': ['b'] }), [`kind/new/ns/${'x'.repeat(300)}`, 'text']]);
  const report = save(tree);
  expect(rules(report)).toEqual(['output-unwritable']);
  expect(report.findings[0]?.message).toContain('nothing was changed');
  expect(disk()).toEqual(before);
});

test('what the system refuses half-way is said, and the next run completes it', () => {
  save(treeOf({ 'kind/shop': ['a'] }));
  const tree = treeOf({ 'kind/shop': ['b', 'c'] });
  const report = save(new Map([...tree, [`kind/shop/ns/${'x'.repeat(300)}`, 'text']]));
  expect(report.findings[0]?.message).toMatch(/half written.*next run completes/);
  expect(save(treeOf({ 'kind/other': ['d'] }))).toMatchObject({ findings: [], repaired: true });
  expect(disk()).toEqual(Object.fromEntries(treeOf({ 'kind/other': ['d'] })));
});

test('links are replaced or refused, never followed', () => {
  save(treeOf({ 'kind/shop': ['a'] }));
  const outside = join(dirname(folder), 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'secret'), [...treeOf({ 'kind/shop': ['a'] }).values()][0] ?? '');
  const file = join(folder, 'kind/shop/ns/configmap_a.yaml');
  rmSync(file);
  symlinkSync(join(outside, 'secret'), file);
  symlinkSync(outside, join(folder, 'kind/data'));
  expect(rules(save(treeOf({ 'kind/shop': ['a'], 'kind/data': ['b'] })))).toEqual(['output-blocked']);
  expect(rules(save(treeOf({ 'kind/shop': ['a'] })))).toEqual(['output-foreign-file']);
  rmSync(join(folder, 'kind/data'));
  expect(save(treeOf({ 'kind/shop': ['a'] })).written).toEqual(['kind/shop/ns/configmap_a.yaml']);
  expect(lstatSync(file).isSymbolicLink()).toBe(false);
  expect(readdirSync(outside)).toEqual(['secret']);
});

test('two runs at once: the second is told who writes', () => {
  save(treeOf({ 'kind/shop': ['a'] }));
  const before = disk();
  const started = readFileSync('/proc/1/stat', 'utf8').split(') ')[1]?.split(' ')[19];
  put('.fluxwright.lock', JSON.stringify({ pid: 1, host: hostname(), started, paths: [] }));
  const report = save(treeOf({ 'kind/shop': ['b'] }));
  expect(rules(report)).toEqual(['output-busy']);
  expect(report.findings[0]?.message).toContain('process 1');
  rmSync(join(folder, '.fluxwright.lock'));
  expect(disk()).toEqual(before);
});

test.each<[string, object | string]>([
  ['of a process that is gone', { pid: 2 ** 30, host: hostname(), paths: [] }],
  [
    'of a process whose number another one has now',
    { pid: 1, host: hostname(), started: 'long ago', paths: [] },
  ],
])("the lock %s is in nobody's way", (_, holder) => {
  save(treeOf({ 'kind/shop': ['a'] }));
  put('.fluxwright.lock', JSON.stringify(holder));
  const tree = treeOf({ 'kind/shop': ['b'] });
  expect(save(tree).findings).toEqual([]);
  expect(disk()).toEqual(Object.fromEntries(tree));
});

test('a lock without content is one that is being made, unless it is old', () => {
  put('.fluxwright.lock', '');
  expect(rules(save(treeOf({ 'kind/shop': ['a'] })))).toEqual(['output-busy']);
  utimesSync(join(folder, '.fluxwright.lock'), 0, 0);
  put('.fluxwright.lock.next', '');
  utimesSync(join(folder, '.fluxwright.lock.next'), 0, 0);
  put('.fluxwright.lock.12345', '');
  expect(save(treeOf({ 'kind/shop': ['a'] })).findings).toEqual([]);
  expect(disk()).toEqual(Object.fromEntries(treeOf({ 'kind/shop': ['a'] })));
});

test('of another machine the age of its lock decides', () => {
  put('.fluxwright.lock', JSON.stringify({ pid: process.pid, host: 'elsewhere', paths: [] }));
  expect(save(treeOf({ 'kind/shop': ['a'] })).findings[0]?.message).toContain('elsewhere');
  utimesSync(join(folder, '.fluxwright.lock'), 0, 0);
  expect(save(treeOf({ 'kind/shop': ['a'] })).findings).toEqual([]);
});

test('what a killed run was about to write is ours', () => {
  put('kind/half/ns/configmap_x.yaml', 'half\n');
  put('.fluxwright.tmp/0', 'staged\n');
  put(
    '.fluxwright.lock',
    JSON.stringify({ pid: 2 ** 30, host: hostname(), paths: ['kind/half/ns/configmap_x.yaml'] }),
  );
  put('notes.txt', 'mine\n');
  const tree = treeOf({ 'kind/shop': ['a'] });
  expect(rules(save(tree))).toEqual(['output-foreign-file']);
  rmSync(join(folder, 'notes.txt'));
  expect(save(tree)).toMatchObject({ findings: [], repaired: true });
  expect(disk()).toEqual(Object.fromEntries(tree));
});
