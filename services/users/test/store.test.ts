import { memoryUserStore } from '../src/memory-store';
import { storeContract } from './store.contract';

storeContract(async () => memoryUserStore());
