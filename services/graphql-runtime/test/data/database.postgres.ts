import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Database } from '../../src';
import { freshDatabase } from '../../src/testing';

let database: Database;
beforeAll(async () => {
  database = await freshDatabase('keeping', []);
});
afterAll(() => database.close());

test.each([
  ['text', 'select $1::text as kept', 'a\0b'],
  ['JSON', 'select $1::jsonb as kept', JSON.stringify('a\0b')],
])(
  'the one character that PostgreSQL cannot keep is refused in %s, as bad input',
  async (_, statement, bad) => {
    const refused = { name: 'Refusal', code: 'BAD_INPUT' };
    await expect(database.query(statement, [bad])).rejects.toMatchObject(refused);
    await expect(database.transaction(({ query }) => query(statement, [bad]))).rejects.toMatchObject(refused);
    expect(await database.query(statement, [JSON.stringify('a')])).toHaveLength(1);
  },
);

test('a number that grows out of its column is refused, as bad input', async () => {
  const statement = 'select 2147483647 + $1::int as kept';
  await expect(database.query(statement, [1])).rejects.toMatchObject({ name: 'Refusal', code: 'BAD_INPUT' });
  expect(await database.query(statement, [0])).toEqual([{ kept: 2_147_483_647 }]);
});
