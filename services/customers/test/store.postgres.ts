import type { Database } from '@fluxwright/graphql-runtime';
import { freshDatabase } from '@fluxwright/graphql-runtime/testing';
import { afterAll } from '@jest/globals';
import { migrations } from '../src/migrations';
import { postgresCustomerStore } from '../src/postgres-store';
import { storeContract } from './store.contract';

const opened: Database[] = [];

afterAll(() => Promise.all(opened.map((database) => database.close())));

storeContract(async () => {
  const database = await freshDatabase('customers', migrations);
  opened.push(database);
  return postgresCustomerStore(database);
});
