export * from './app';
export * from './fetch';
export * from './server';
