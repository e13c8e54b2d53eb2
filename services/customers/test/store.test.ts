import { memoryCustomerStore } from '../src/memory-store';
import { storeContract } from './store.contract';

storeContract(async () => memoryCustomerStore());
