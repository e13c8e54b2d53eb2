/**
 * Measures our programs beside the bare libraries that they use, on a real Kafka and a real PostgreSQL on loopback.
 *
 *   npm run bench:services                     a table
 *   npm run bench:services -- --json           the figures as JSON
 *   npm run bench:services -- --write-page     the table, and docs/programs.md with it
 */
import { existsSync } from 'node:fs';
import { missingForKafka } from '../../test/systems/kafka';
import { ordering } from './order';
import { stopAll } from '../../test/systems/processes';
import { publishing } from './publish';
import { table, writePage } from './report';
import type { Row } from './row';

void main(process.argv.slice(2));

async function main(flags: readonly string[]): Promise<void> {
  const rows: Row[] = [];
  try {
    const withoutKafka = missingForKafka();
    if (withoutKafka === undefined) rows.push(await publishing(50));
    else console.error(`The api is left out. ${withoutKafka}`);
    if (existsSync('/usr/lib/postgresql')) rows.push(await ordering(8));
    else console.error('The frontend is left out. The shop needs PostgreSQL: apt-get install postgresql');
  } finally {
    await stopAll();
  }
  console.log(flags.includes('--json') ? JSON.stringify({ rows }, null, 2) : table(rows));
  if (flags.includes('--write-page') && rows.length > 0) writePage(rows);
  process.exit();
}
