export * from './live';
export * from './page';
