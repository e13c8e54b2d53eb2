export { memorySagaStore, type MemorySagaStore } from '../saga/memory-store';
