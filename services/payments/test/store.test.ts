import { memoryPaymentStore } from '../src/memory-store';
import { storeContract } from './store.contract';

storeContract(async () => memoryPaymentStore());
