import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleGroups } from '../src/check/rules';
import { exitCodes, program } from '../src/cli/main';
import { cliPage } from './docs-cli';
import { rulesPage } from './rules-page';

/** The generated pages of the documentation, by their path. */
const pages: { readonly [path: string]: string } = {
  'docs/rules.md': rulesPage(ruleGroups),
  'docs/cli.md': cliPage(program(), exitCodes),
};

for (const [path, text] of Object.entries(pages)) {
  writeFileSync(join(__dirname, '..', path), text);
  process.stdout.write(`${path}\n`);
}
