import { violationsOf } from '../facts/verdict';
import type { Rule } from '../rule';

export const coreValidation: Rule = {
  id: 'core-validation',
  title: 'Core kinds keep to the rules that the API server has in its own code.',
  severity: 'error',
  why: 'For its own kinds the API server checks much that no schema says, e.g. that a selector matches the pods of its own template. It refuses what breaks such a rule.',
  bad: `kind: Deployment
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: web } }`,
  good: `kind: Deployment
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }`,
  check: (scope) => violationsOf(scope, 'core', 'apply'),
};
