import { createHash } from 'node:crypto';
import type { Database, Queries } from './database';

/** One step in the life of a service's tables. Once it has run anywhere, its text stays as it is. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

interface Applied {
  readonly name: string;
  readonly checksum: string;
}

/**
 * Brings the service's schema up to date and says which migrations ran now. Replicas that start together take turns; a
 * migration that was changed after it ran is refused. Migrations that this version does not know are left alone, so that a version may
 * be rolled back.
 */
export function migrate(
  database: Database,
  schema: string,
  migrations: readonly Migration[],
): Promise<string[]> {
  return database.transaction(async (queries) => {
    // Held until the transaction ends: whoever waits here finds the work done.
    await queries.query('select pg_advisory_xact_lock(hashtext($1))', [`migrations of ${schema}`]);
    await queries.query(`create schema if not exists "${schema}"`);
    await queries.query(
      'create table if not exists migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
    );
    const applied = await queries.query<Applied>('select name, checksum from migrations');
    const missing = pending(migrations, applied);
    for (const migration of missing) await apply(queries, migration);
    return missing.map(({ name }) => name);
  });
}

/** The migrations that have not run yet, in order. */
export function pending(migrations: readonly Migration[], applied: readonly Applied[]): Migration[] {
  const checksums = new Map(applied.map(({ name, checksum }) => [name, checksum]));
  return migrations.filter((migration) => {
    const known = checksums.get(migration.name);
    if (known !== undefined && known !== checksumOf(migration)) throw changed(migration);
    return known === undefined;
  });
}

/** The text that tells one migration's content from another's. */
export function checksumOf({ sql }: Migration): string {
  return createHash('sha256').update(sql).digest('hex');
}

async function apply(queries: Queries, migration: Migration): Promise<void> {
  await queries.query(migration.sql);
  await queries.query('insert into migrations (name, checksum) values ($1, $2)', [
    migration.name,
    checksumOf(migration),
  ]);
}

function changed({ name }: Migration): Error {
  return new Error(
    `migration "${name}" was changed after it had run; put its text back and write a new migration instead`,
  );
}
