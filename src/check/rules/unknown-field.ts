import { violationsOf } from '../facts/verdict';
import type { Rule } from '../rule';

export const unknownField: Rule = {
  id: 'unknown-field',
  title: 'Every field is one that the schema of its kind knows.',
  severity: 'error',
  why: 'Server-side apply, which Flux uses, refuses fields that it does not know; elsewhere they are dropped without a word, and the setting never takes effect.',
  bad: `spec:
  template:
    spec:
      container: [] # containers`,
  good: `spec:
  template:
    spec:
      containers: []`,
  check: (scope) => violationsOf(scope, 'unknown-field'),
};
