import { testService } from '@fluxwright/runtime/testing';
import { expect, test } from '@jest/globals';
import { createSchema, openDatabase, serveGraphql } from '../../src';

const schema = createSchema({ typeDefs: 'type Query { hello: String }' });

/** Port 1 is where nobody listens. */
const url = 'postgres://nobody@127.0.0.1:1/nothing';

test('a service whose database is away is alive, not ready, says why, and stops cleanly', async () => {
  const service = testService('users');
  const database = openDatabase({ url, schema: 'users', connections: 1, statementSeconds: 1 });
  service.onStop('database', () => database.close());
  const settings = { PORT: 0, DRAIN_SECONDS: 0, DATABASE_URL: url, DATABASE_CONNECTIONS: 1 };
  await serveGraphql(service, settings, { schema, database, migrations: [] });
  const port = Number(service.lines.find((line) => 'port' in line)?.['port']);
  const get = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);

  expect((await get('/health')).status).toBe(200);
  const ready = await get('/ready');
  expect([ready.status, await ready.json()]).toMatchObject([
    503,
    { waitingFor: { database: expect.stringMatching(/connected|reached/) } },
  ]);
  const asked = await get('/graphql', { method: 'POST', body: '{"query":"{ hello }"}' });
  expect([asked.status, await asked.json()]).toMatchObject([
    503,
    { errors: [{ message: 'users waits for its database', extensions: { code: 'UNAVAILABLE' } }] },
  ]);

  await service.stop();
  expect(service.exitCode()).toBe(0);
});

test('a statement to a database that is away is not available, and is no fault', async () => {
  const database = openDatabase({ url, schema: 'users', connections: 1, statementSeconds: 1 });
  await expect(database.query('select 1')).rejects.toMatchObject({ name: 'Unavailable' });
  await expect(database.transaction(({ query }) => query('select 1'))).rejects.toMatchObject({
    name: 'Unavailable',
  });
  await database.close();
});
