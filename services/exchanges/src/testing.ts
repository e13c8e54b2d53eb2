export * from './endpoint';
export * from './memory-store';
export * from './migrations';
export * from './postgres-store';
export * from './steps';
export * from './store';
