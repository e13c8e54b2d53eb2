import { afterAll } from '@jest/globals';
import { insertSaga, postgresSagaStore, sagaMigration, sagaTraceMigration, type Database } from '../../src';
import { freshDatabase } from '../../src/testing';
import { storeContract } from './store.contract';

const opened: Database[] = [];

afterAll(() => Promise.all(opened.map((database) => database.close())));

storeContract(async () => {
  const database = await freshDatabase('sagas', [sagaMigration, sagaTraceMigration]);
  opened.push(database);
  return { store: postgresSagaStore<string>(database), insert: (saga) => insertSaga(database, saga) };
});
