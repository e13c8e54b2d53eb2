export * from './connect';
export * from './dead-letters';
export * from './observe';
export * from './port';
export * from './settings';
