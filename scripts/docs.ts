import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ruleGroups } from '../src/check/rules';
import { rulesPage } from './rules-page';

/** The generated pages of the documentation, by their path. */
const pages: { readonly [path: string]: string } = {
  'docs/rules.md': rulesPage(ruleGroups),
};

for (const [path, text] of Object.entries(pages)) {
  writeFileSync(join(__dirname, '..', path), text);
  process.stdout.write(`${path}\n`);
}
