import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { cliPage } from '../../scripts/docs-cli';
import { exitCodes, program } from '../../src/cli/main';

const root = resolve(__dirname, '..', '..');

test('docs/cli.md is what the commands say of themselves (npm run docs)', () => {
  expect(readFileSync(join(root, 'docs', 'cli.md'), 'utf8')).toBe(cliPage(program(), exitCodes));
});
