import { memorySagaStore } from '@fluxwright/graphql-runtime/testing';
import { memoryExchangeStore } from '../src/memory-store';
import type { ExchangeState } from '../src/store';
import { storeContract } from './store.contract';

storeContract(async () => {
  const sagas = memorySagaStore<ExchangeState>(() => new Date());
  return { store: memoryExchangeStore(sagas), sagas };
});
