import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { Cluster, FluxApp, type FluxChart } from 'fluxwright';
import { compileForTest } from 'fluxwright/testing';
import {
  archiveOf,
  inTheWay,
  ownPackage,
  packageName,
  packInto,
  projectFiles,
  writeNew,
} from '../../src/init';
import { parseDocuments } from '../../src/yaml';

const folder = mkdtempSync(join(tmpdir(), 'fluxwright-new-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { versions } = ownPackage();
const files = projectFiles({ name: 'estate', fluxwright: '^1.2.3', versions });

test('a new repository has all that it takes', () => {
  expect([...files.keys()].sort()).toEqual([
    '.gitattributes',
    '.github/workflows/ci.yml',
    '.gitignore',
    'README.md',
    'cdk8s.yaml',
    'charts/hello.ts',
    'main.ts',
    'package.json',
    'test/hello.test.ts',
    'tsconfig.json',
  ]);
});

test('it depends on exact versions, the ones that this package was tested with', () => {
  const { dependencies, devDependencies } = JSON.parse(files.get('package.json') ?? '') as typeof manifest;
  expect({ ...dependencies, ...devDependencies }).toEqual({
    fluxwright: '^1.2.3',
    cdk8s: versions['cdk8s'],
    constructs: versions['constructs'],
    '@types/node': versions['@types/node'],
    tsx: versions['tsx'],
    typescript: versions['typescript'],
  });
});
declare const manifest: {
  readonly dependencies: { readonly [name: string]: string };
  readonly devDependencies: { readonly [name: string]: string };
};

test('its settings can be read', () => {
  expect(() => JSON.parse(files.get('tsconfig.json') ?? '')).not.toThrow();
  for (const file of ['cdk8s.yaml', '.github/workflows/ci.yml']) {
    expect(parseDocuments(files.get(file) ?? '', file).problems).toEqual([]);
  }
});

test('nothing is wrong with its chart', () => {
  writeNew(folder, files);
  const { Hello } = require(join(folder, 'charts', 'hello.ts')) as {
    Hello: new (cluster: Cluster) => FluxChart;
  };
  const app = new FluxApp();
  new Hello(new Cluster(app, 'production'));
  const { findings, object } = compileForTest(app);
  expect(findings).toEqual([]);
  expect(object('svc/hello-server').namespace).toBe('hello');
});

test('what is there already is found before anything is written, and never overwritten', () => {
  const other = mkdtempSync(join(tmpdir(), 'fluxwright-new-'));
  writeFileSync(join(other, 'main.ts'), 'mine');
  expect(inTheWay(other, files)).toEqual(['main.ts']);
  expect(() => writeNew(other, files)).toThrow('EEXIST');
  expect(readFileSync(join(other, 'main.ts'), 'utf8')).toBe('mine');
  rmSync(other, { recursive: true });
});

test('a package is named after its folder, as npm allows', () => {
  expect(packageName('/srv/Our Estate!')).toBe('our-estate');
  expect(packageName('/')).toBe('estate');
});

/** A folder with an installed package, as npm leaves it. */
function installed(resolved: string): string {
  const home = mkdtempSync(join(folder, 'home-'));
  mkdirSync(join(home, 'node_modules', 'fluxwright'), { recursive: true });
  writeFileSync(
    join(home, 'node_modules', '.package-lock.json'),
    JSON.stringify({ packages: { 'node_modules/fluxwright': { resolved } } }),
  );
  return home;
}

test('what was installed from an archive brings the archive along, as no registry has it', () => {
  const home = installed('file:fluxwright-1.2.3.tgz');
  const root = join(home, 'node_modules', 'fluxwright');
  expect(archiveOf(root)).toBeUndefined();
  writeFileSync(join(home, 'fluxwright-1.2.3.tgz'), 'packed');
  expect(archiveOf(root)).toBe(join(home, 'fluxwright-1.2.3.tgz'));
  expect(packInto(join(home, 'new', 'vendor'), archiveOf(root))).toBe('fluxwright-1.2.3.tgz');
  expect(existsSync(join(home, 'new', 'vendor', 'fluxwright-1.2.3.tgz'))).toBe(true);
});

test('what came out of a registry is found there again', () => {
  const home = installed('https://registry.example.com/fluxwright/-/fluxwright-1.2.3.tgz');
  expect(archiveOf(join(home, 'node_modules', 'fluxwright'))).toBeUndefined();
});

test('its types take constructs of cdk8s-plus, which leave optional properties undefined', () => {
  const { compilerOptions } = JSON.parse(files.get('tsconfig.json') ?? '') as {
    compilerOptions: { readonly [option: string]: unknown };
  };
  expect(compilerOptions['strict']).toBe(true);
  expect(compilerOptions).not.toHaveProperty('exactOptionalPropertyTypes');
});
