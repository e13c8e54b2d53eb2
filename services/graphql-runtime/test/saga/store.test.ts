import { memorySagaStore } from '../../src/testing';
import { storeContract } from './store.contract';

storeContract(async () => {
  const store = memorySagaStore<string>(() => new Date());
  return { store, insert: async (saga) => store.insert(saga) };
});
