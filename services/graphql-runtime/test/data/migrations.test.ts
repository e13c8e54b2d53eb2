import { expect, test } from '@jest/globals';
import { checksumOf, migrate, pending, type Database, type Migration } from '../../src';

const first: Migration = { name: 'first', sql: 'create table a ()' };
const second: Migration = { name: 'second', sql: 'create table b ()' };
const applied = (migration: Migration) => ({ name: migration.name, checksum: checksumOf(migration) });

test('what has not run is pending, in order', () => {
  expect(pending([first, second], [])).toEqual([first, second]);
  expect(pending([first, second], [applied(first)])).toEqual([second]);
});

test('what a later version ran is left alone', () => {
  expect(pending([first], [applied(first), applied(second)])).toEqual([]);
});

test('a migration that was changed after it ran is refused', () => {
  const changed = { ...first, sql: 'create table c ()' };
  expect(() => pending([changed], [applied(first)])).toThrow(
    'migration "first" was changed after it had run',
  );
});

test('migrations take turns: the lock comes before the look', async () => {
  const statements: string[] = [];
  const query = async <Row>(text: string): Promise<Row[]> => {
    statements.push(text.trim().split(/\s+/).slice(0, 3).join(' '));
    return [];
  };
  const database: Database = { query, transaction: (work) => work({ query }), close: async () => undefined };
  expect(await migrate(database, 'orders', [first])).toEqual(['first']);
  expect(statements).toEqual([
    'select pg_advisory_xact_lock(hashtext($1))',
    'create schema if',
    'create table if',
    'select name, checksum',
    'create table a',
    'insert into migrations',
  ]);
});
