export { check, type CheckInput, type RuleSettings, sortFindings } from './check';
export type { Comparison, PreviousObject } from './comparison';
export type { CheckScope, Rule, Violation } from './rule';
