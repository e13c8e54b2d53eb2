import { memoryShipmentStore } from '../src/memory-store';
import { storeContract } from './store.contract';

storeContract(async () => memoryShipmentStore({ DE: 'North Sea Freight' }));
