export * from './append';
export * from './types';
export * from './fields';
export * from './identity';
export * from './selector';
export * from './workload';
export * from './helm';
export * from './groups';
