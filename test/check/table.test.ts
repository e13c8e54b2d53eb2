import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ruleGroups, rules } from '../../src/check/rules';
import { rulesPage } from '../../scripts/rules-page';

const root = join(__dirname, '..', '..');

test('docs/rules.md is what the table of rules says: npm run docs', () => {
  expect(readFileSync(join(root, 'docs/rules.md'), 'utf8')).toBe(rulesPage(ruleGroups));
});

test('every rule has an id of its own', () => {
  const ids = rules.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z]+(-[a-z]+)*$/.test(id))).toEqual([]);
});

test('every rule says what holds, why, and shows both', () => {
  for (const { title, why, bad, good } of rules) {
    expect(title).toMatch(/\.$/);
    expect(why.length).toBeGreaterThan(60);
    expect(good).not.toBe(bad);
  }
});

const ofTheEstate = ruleGroups
  .filter(({ title }) => title !== 'What changes')
  .flatMap((group) => group.rules);

test.each(ofTheEstate.map(({ id }) => id))('%s has a failing and a passing test', (id) => {
  const file = join(root, 'test/check/rules', `${id}.test.ts`);
  expect(existsSync(file)).toBe(true);
  expect(readFileSync(file, 'utf8').match(/^test[.(]/gm)?.length).toBeGreaterThanOrEqual(2);
});
