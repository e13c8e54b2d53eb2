import { memorySagaStore } from '@fluxwright/graphql-runtime/testing';
import { memoryOrderStore } from '../src/memory-store';
import type { OrderState } from '../src/store';
import { storeContract } from './store.contract';

storeContract(async () => memoryOrderStore(memorySagaStore<OrderState>(() => new Date())));
