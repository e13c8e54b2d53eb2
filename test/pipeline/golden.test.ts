import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from '@jest/globals';
import { compileApp } from '../../src/pipeline';
import { goldenApp } from './golden-app';

const folder = join(__dirname, 'golden');

test('a new version moves and renames nothing, and writes the same', () => {
  const { tree, findings } = compileApp(goldenApp());
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (process.env['UPDATE_GOLDEN']) update(tree);
  expect(Object.fromEntries(tree)).toEqual(Object.fromEntries(committed()));
});

function committed(): [string, string][] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return entries.map((entry) => {
    const file = join(entry.parentPath, entry.name);
    return [relative(folder, file), readFileSync(file, 'utf8')];
  });
}

/** For a change that users are told about: what moves for them is in the changelog. */
function update(tree: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of tree) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
