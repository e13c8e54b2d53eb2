import { expect, test } from '@jest/globals';
import { arrange, directory, file, symlink } from '../../src/images/entries';

const paths = (...entries: Parameters<typeof arrange>[0]) => arrange(entries).map(({ path }) => path);

test('entries are sorted, and every parent is there before its children', () => {
  expect(paths(file('b/c/d', ''), file('a.txt', ''), file('a/x', ''))).toEqual([
    'a',
    'a.txt',
    'a/x',
    'b',
    'b/c',
    'b/c/d',
  ]);
});

test('the order in which entries are given does not matter', () => {
  const entries = [
    file('b/c/d', '1'),
    directory('b', { mode: 0o700 }),
    symlink('a', 'b'),
    file('é', '2'),
    file('z', '3'),
  ];
  expect(arrange(entries.toReversed())).toEqual(arrange(entries));
});

test('a parent that is given keeps its mode and owner', () => {
  expect(arrange([file('data/x', ''), directory('data', { mode: 0o700, uid: 7 })])[0]).toMatchObject({
    mode: 0o700,
    uid: 7,
  });
});

test('the later of two entries at one path stays', () => {
  expect(arrange([file('a', 'old'), file('/a', 'new')])).toEqual([file('a', 'new')]);
});

test('what is in bin, sbin, lib and lib64 goes where these lead', () => {
  expect(paths(file('/bin/sh', ''), file('lib64/ld.so', ''))).toEqual([
    'usr',
    'usr/bin',
    'usr/bin/sh',
    'usr/lib64',
    'usr/lib64/ld.so',
  ]);
  expect(paths(symlink('bin', 'usr/bin'), file('binary/x', ''))).toEqual(['bin', 'binary', 'binary/x']);
});

test.each([
  ['..', 'contains ".."'],
  ['a/../../etc/passwd', 'contains ".."'],
  ['', 'is empty'],
  ['/', 'is empty'],
  ['./.', 'is empty'],
  ['a\0b', 'contains a NUL byte'],
  ['a/'.repeat(2100), 'is longer than 4095 bytes'],
  ['é'.repeat(128), 'has a name longer than 255 bytes'],
])('the path %j is refused', (path, problem) => {
  expect(() => arrange([file(path, '')])).toThrow(problem);
});

test('the longest name and the longest path are taken', () => {
  expect(paths(file('é'.repeat(127), ''))).toHaveLength(1);
  expect(paths(file('a/'.repeat(2047) + 'b', ''))).toHaveLength(2048);
});

test('nothing can be below a link or a file of the same layer', () => {
  expect(() => arrange([symlink('data', '/etc'), file('data/passwd', '')])).toThrow(
    '/data/passwd cannot be in the layer: /data is a symlink, not a directory, in the same layer',
  );
  expect(() => arrange([file('data', ''), file('data/a/b', '')])).toThrow('/data is a file');
});

test.each(['', 'a\0b', 'x'.repeat(4096)])('a link to %j is refused', (target) => {
  expect(() => arrange([symlink('link', target)])).toThrow(
    'the link /link has a target that no file system takes',
  );
});
