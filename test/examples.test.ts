import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { inTurn } from './cli/project';

const root = resolve(__dirname, '..', 'examples');
const names = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const outcomes = inTurn(names.map((name) => [join(root, name), 'check', '--json']));

test.each(names.map((name, index) => [name, index] as const))(
  'nothing is wrong with the example %s',
  async (_, index) => {
    const outcome = (await outcomes)[index]!;
    expect(outcome.stderr).toBe('');
    expect(JSON.parse(outcome.stdout)).toMatchObject({ findings: [] });
    expect(outcome.code).toBe(0);
  },
);
