import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { write } from '../../src/write';
import { treeOf } from './tree';

const NAMES = Array.from({ length: 60 }, (_, index) => `c${index}`);
const ONE = { 'kind/shop': NAMES, 'kind/data': NAMES };
/** Changes 40 files, removes 81 and a folder, adds a file and a folder. */
const TWO = { 'kind/shop': [...NAMES.slice(0, 40), 'new'], 'lab/new': NAMES };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kill-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Another process, with `save(units, text)` that writes like the code under test. */
function startWriter(script: string) {
  const program = `
    const fs = require('node:fs');
    const { write } = require(${JSON.stringify(resolve('src/write'))});
    const { treeOf } = require(${JSON.stringify(resolve('test/write/tree'))});
    const [one, two] = ${JSON.stringify([ONE, TWO])};
    function save(units, text) {
      const { findings } = write(${JSON.stringify(folder)}, treeOf(units, text), { allowRemoval: true });
      if (findings.length > 0) throw new Error(JSON.stringify(findings));
    }
    ${script}`;
  return spawn(process.execPath, ['--import', 'tsx', '-e', program], { stdio: ['ignore', 'pipe', 'ignore'] });
}

/** A process that is killed in the middle of its n-th call of a function of the file system. */
async function killIn(name: string, count: number): Promise<unknown> {
  const writer = startWriter(`
    const original = fs.${name};
    let left = ${count};
    fs.${name} = (...args) => (--left === 0 ? process.kill(process.pid, 'SIGKILL') : original(...args));
    save(two, 'two');`);
  const [, signal] = (await once(writer, 'exit')) as [number | null, string | null];
  return signal;
}

function disk(): { [path: string]: string } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}

/** The files of the output, without those of a run that is going on or was interrupted. */
function output(): { [path: string]: string } {
  return Object.fromEntries(Object.entries(disk()).filter(([path]) => !path.startsWith('.fluxwright')));
}

function expectWholeFiles(): void {
  for (const text of Object.values(output())) expect(text).toMatch(/^apiVersion: [^]*\n$/);
}

/** The next run wants something else: what the killed one left has to go all the same. */
function expectRepaired(repaired: unknown): void {
  const tree = treeOf({ 'kind/other': ['a', 'b'], 'kind/shop': ['c0', 'c1'] }, 'three');
  expect(write(folder, tree, { allowRemoval: true })).toMatchObject({ findings: [], repaired });
  expect(disk()).toEqual(Object.fromEntries(tree));
}

test.each([
  ['writeFileSync', 1],
  ['writeFileSync', 2],
  ['writeFileSync', 30],
  ['linkSync', 1],
  ['renameSync', 1],
])(
  'killed before anything changes (%s, call %i), a run leaves everything as it was',
  async (name, count) => {
    const before = treeOf(ONE, 'one');
    write(folder, before, { allowRemoval: false });
    expect(await killIn(name, count)).toBe('SIGKILL');
    expect(output()).toEqual(Object.fromEntries(before));
    expectRepaired(false);
  },
  60_000,
);

test.each([
  ['renameSync', 3],
  ['renameSync', 20],
  ['unlinkSync', 5],
  ['unlinkSync', 50],
  ['rmdirSync', 1],
])(
  'killed half-way (%s, call %i), a run leaves whole files, and the next one puts everything right',
  async (name, count) => {
    write(folder, treeOf(ONE, 'one'), { allowRemoval: false });
    expect(await killIn(name, count)).toBe('SIGKILL');
    expect(output()).not.toEqual(Object.fromEntries(treeOf(ONE, 'one')));
    expectWholeFiles();
    expectRepaired(true);
  },
  60_000,
);

test('a first run that is killed is as if it had never been', async () => {
  expect(await killIn('writeFileSync', 50)).toBe('SIGKILL');
  expect(output()).toEqual({});
  expectRepaired(false);
});

test('whenever a run is killed, files are whole and the next run puts everything right', async () => {
  for (const moment of [10, 40, 90]) {
    const writer = startWriter(`
      process.stdout.write('ready');
      for (let turn = 0; ; turn++) save([one, two][turn % 2], String(turn));`);
    await once(writer.stdout, 'data');
    await setTimeout(moment);
    writer.kill('SIGKILL');
    await once(writer, 'exit');
    expectWholeFiles();
    expectRepaired(expect.any(Boolean));
  }
});

test('of two processes that write without end one is refused, and nothing is broken', async () => {
  const writers = ['one', 'two'].map((units) =>
    startWriter(`for (let turn = 0; ; turn++) save(${units}, String(turn));`),
  );
  const exits = writers.map((writer) => once(writer, 'exit') as Promise<[number | null]>);
  expect((await Promise.race(exits))[0]).toBe(1);
  writers.forEach((writer) => writer.kill('SIGKILL'));
  await Promise.all(exits);
  expectWholeFiles();
  expectRepaired(expect.any(Boolean));
});
