export { madeFor, type Made } from './made';
export { makesAnything } from './nothing';
export type { ProvidesRow } from './row';
export { provides } from './table';
