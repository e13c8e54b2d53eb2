export { fieldFrame } from './field';
export { findObjects, type FoundObject } from './find';
export { type Need, valueAt, type Why, why } from './why';
