export { refused } from './findings';
export { REMOVAL_LIMIT, write } from './write';
export type { WriteOptions, WriteReport } from './write';
