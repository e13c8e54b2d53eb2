import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { write } from '../../src/write';
import { treeOf } from './tree';

const NAMES = Array.from({ length: 200 }, (_, index) => `c${index}`);
const UNITS = ['kind/one', 'kind/two', 'kind/three'];
const BIG = Object.fromEntries(UNITS.map((unit) => [unit, NAMES]));

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kill-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A process that writes one state after the other, without end. */
function startWriter() {
  const script = `
    const { write } = require(${JSON.stringify(resolve('src/write'))});
    const { treeOf } = require(${JSON.stringify(resolve('test/write/tree'))});
    const big = ${JSON.stringify(BIG)};
    const states = [treeOf(big, 'one'), treeOf({ 'kind/one': big['kind/one'].slice(0, 100), 'lab/new': big['kind/one'] }, 'two'), treeOf(big, 'three')];
    process.stdout.write('ready');
    for (let turn = 0; ; turn++) {
      const { findings } = write(${JSON.stringify(folder)}, states[turn % states.length], { allowRemoval: true });
      if (findings.length > 0) throw new Error(JSON.stringify(findings));
    }`;
  return spawn(process.execPath, ['--import', 'tsx', '-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
}

function disk(): { [path: string]: string } {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}

/** Whether a run is putting files in their places at this moment, or was when it was killed. */
function isChanging(): boolean {
  try {
    return readFileSync(join(folder, '.fluxwright.lock'), 'utf8').includes('.yaml');
  } catch {
    return false;
  }
}

async function killAt(moment: () => Promise<void>): Promise<void> {
  const writer = startWriter();
  await once(writer.stdout, 'data');
  await moment();
  writer.kill('SIGKILL');
  await once(writer, 'exit');
}

test.each<[string, () => Promise<void>]>([
  ['early', () => setTimeout(30)],
  ['while it prepares or changes files', () => setTimeout(110)],
  ['while it changes files', untilChanging],
  ['while it changes files, later', () => setTimeout(100).then(untilChanging)],
])(
  'a run that is killed %s leaves whole files, and the next run puts everything right',
  async (_, moment) => {
    await killAt(moment);
    const left = Object.entries(disk()).filter(([path]) => !path.startsWith('.fluxwright'));
    for (const [, text] of left) expect(text).toMatch(/^apiVersion: [^]*\n$/);
    const tree = treeOf({ 'kind/four': ['a', 'b'], 'kind/one': ['c0', 'new'] }, 'four');
    const wasChanging = isChanging();
    expect(write(folder, tree, { allowRemoval: true })).toMatchObject({
      findings: [],
      repaired: wasChanging,
    });
    expect(disk()).toEqual(Object.fromEntries(tree));
  },
  60_000,
);

test('some of these runs are killed between two files', async () => {
  let interrupted = false;
  for (let round = 0; round < 20 && !interrupted; round++) {
    await killAt(untilChanging);
    interrupted = isChanging() && statesOnDisk().size > 1;
    expect(write(folder, treeOf({}), { allowRemoval: true }).findings).toEqual([]);
    expect(disk()).toEqual({});
  }
  expect(interrupted).toBe(true);
}, 60_000);

async function untilChanging(): Promise<void> {
  while (!isChanging()) await setImmediate();
}

/** The states that the files on the disk belong to. */
function statesOnDisk(): Set<string> {
  const states = Object.values(disk()).map((text) => /^  text: (.*)$/m.exec(text)?.[1]);
  return new Set(states.filter((state) => state !== undefined));
}

test('two processes that write at once leave one of the two trees, whole', async () => {
  const writers = [startWriter(), startWriter()];
  const exits = writers.map((writer) => once(writer, 'exit'));
  await Promise.race(exits);
  writers.forEach((writer) => writer.kill('SIGKILL'));
  await Promise.all(exits);
  const tree = treeOf({ 'kind/one': ['a'] });
  expect(write(folder, tree, { allowRemoval: true }).findings).toEqual([]);
  expect(disk()).toEqual(Object.fromEntries(tree));
}, 60_000);
