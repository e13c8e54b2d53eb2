import { violationsOf } from '../facts/verdict';
import type { Rule } from '../rule';

export const schema: Rule = {
  id: 'schema',
  title: 'Every field has the type, the form and the range that its schema asks for.',
  severity: 'error',
  why: 'The API server refuses the object, and Flux applies nothing of the unit that it is in.',
  bad: `spec:
  replicas: "3"`,
  good: `spec:
  replicas: 3`,
  check: (scope) => violationsOf(scope, 'schema'),
};
