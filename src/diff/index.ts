export type { FieldChange } from './fields';
export type { LineChange } from './lines';
export { diffSince, diffTrees } from './objects';
export type { ObjectChange } from './objects';
export { diffJson, diffText } from './print';
export { applyDifference, diffValues } from './value';
export type { Difference } from './value';
