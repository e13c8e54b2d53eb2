export * from './counted';
export * from './local';
export { memorySagaStore, type MemorySagaStore } from '../saga/memory-store';
export * from './fresh-database';
