import { memoryInventoryStore } from '../src/memory-store';
import { storeContract } from './store.contract';

storeContract(async () => memoryInventoryStore());
