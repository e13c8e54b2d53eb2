export * from './types';
export * from './identity';
