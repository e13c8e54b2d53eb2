import { expect, test } from '@jest/globals';
import {
  type Lookup,
  closure,
  parseDepends,
  parsePackages,
} from '../../../src/images/sources/debian-packages';

const index = `Package: curl
Version: 7.88.1-10+deb12u15
Architecture: amd64
Maintainer: A <a@debian.org>
Depends: libcurl4 (= 7.88.1), zlib1g:any (>= 1:1.1.4)
Pre-Depends: libc6
SHA256: aaa
Description: one line
 Depends: not this

Package: libc6
Version: 2.36
SHA256: bbb
`;

const depends: { readonly [name: string]: string } = {
  app: 'lib-a, mail | postfix, debconf (>= 0.5) | debconf-2.0',
  'lib-a': 'lib-b (>= 1)',
  'lib-b': 'lib-a, heavy',
  heavy: 'heavier',
  heavier: '',
  postfix: 'lib-b',
  debconf: 'perl',
};

const lookup: Lookup = async (names) =>
  parsePackages(
    names
      .filter((name) => name in depends)
      .map((name) => `Package: ${name}\nVersion: 1\nSHA256: ${name}\nDepends: ${depends[name]}\n`)
      .join('\n'),
  );

const names = async (wanted: readonly string[], without: readonly string[] = []) =>
  (await closure(wanted, without, lookup)).map(({ name }) => name);

test('a package brings what it depends on, once, around circles, and the first alternative that there is', async () => {
  expect(await names(['app'])).toEqual(['app', 'heavier', 'heavy', 'lib-a', 'lib-b', 'postfix']);
});

test('an alternative that is chosen already is enough', async () => {
  expect(await names(['heavy', 'app', 'postfix'])).toEqual([
    'app',
    'heavier',
    'heavy',
    'lib-a',
    'lib-b',
    'postfix',
  ]);
});

test('what is left out takes along what only it needs', async () => {
  expect(await names(['app'], ['heavy'])).toEqual(['app', 'lib-a', 'lib-b', 'postfix']);
});

test('what is asked for is there, although images do not need it otherwise', async () => {
  expect(await names(['heavy', 'debconf'], ['perl'])).toEqual(['debconf', 'heavier', 'heavy']);
});

test('a package that apt does not know is named', async () => {
  await expect(names(['missing'])).rejects.toThrow(
    'apt knows no package missing: run apt-get update, or name another one',
  );
});

test('a stanza of the index gives version, checksum, dependencies, and what a scanner wants to read', () => {
  const [curl, libc] = parsePackages(index);
  expect(curl).toEqual({
    name: 'curl',
    version: '7.88.1-10+deb12u15',
    sha256: 'aaa',
    depends: [['libc6'], ['libcurl4'], ['zlib1g']],
    stanza:
      'Package: curl\nVersion: 7.88.1-10+deb12u15\nArchitecture: amd64\nMaintainer: A <a@debian.org>\nStatus: install ok installed\n',
  });
  expect(libc).toMatchObject({ name: 'libc6', depends: [] });
});

test('dependencies are names, whatever is said of versions and architectures', () => {
  expect(parseDepends('a (>= 1) | b:any (<< 2), c [amd64],d')).toEqual([['a', 'b'], ['c'], ['d']]);
  expect(parseDepends('')).toEqual([]);
});
