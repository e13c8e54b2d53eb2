import { postgresSagaStore, type Database } from '@fluxwright/graphql-runtime';
import { freshDatabase } from '@fluxwright/graphql-runtime/testing';
import { afterAll } from '@jest/globals';
import { migrations } from '../src/migrations';
import { postgresExchangeStore } from '../src/postgres-store';
import type { ExchangeState } from '../src/store';
import { storeContract } from './store.contract';

const opened: Database[] = [];

afterAll(() => Promise.all(opened.map((database) => database.close())));

storeContract(async () => {
  const database = await freshDatabase('exchanges', migrations);
  opened.push(database);
  return { store: postgresExchangeStore(database), sagas: postgresSagaStore<ExchangeState>(database) };
});
