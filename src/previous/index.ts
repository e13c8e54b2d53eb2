export { changedSince } from './changed';
export type { Changes, PreviousObject } from './changed';
export { previousTree } from './previous';
export type { PreviousTree } from './previous';
