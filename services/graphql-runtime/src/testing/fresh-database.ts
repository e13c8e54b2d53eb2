import { randomUUID } from 'node:crypto';
import { openDatabase, type Database } from '../data/database';
import { migrate, type Migration } from '../data/migrations';

/** A database of its own with a service's tables, on the server that `TEST_DATABASE_URL` names. */
export async function freshDatabase(schema: string, migrations: readonly Migration[]): Promise<Database> {
  const server = process.env['TEST_DATABASE_URL'];
  if (server === undefined)
    throw new Error('TEST_DATABASE_URL is missing: run these tests with npm run test:systems');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const props = { connections: 5, statementSeconds: 30 };
  const maintenance = openDatabase({ url: server, schema: 'public', ...props });
  await maintenance.query(`create database ${name}`);
  await maintenance.close();
  const url = new URL(server);
  url.pathname = name;
  const database = openDatabase({ url: url.href, schema, ...props });
  await migrate(database, schema, migrations);
  return database;
}
