export { healthExpressions, type HealthExpression } from './health';
export { holdsData } from './holds-data';
export { readyWhenApplied } from './ready-when-applied';
