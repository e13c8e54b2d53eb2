export { cut, type Ordered } from './units';
export { type UnitEdge } from './order';
export { holdsDataOf, pruneAnnotation } from './protect';
export { healthExpressions } from './tables';
export { behind } from './health';
