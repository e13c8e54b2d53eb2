export * from './connect';
export * from './observe';
export * from './port';
export * from './settings';
