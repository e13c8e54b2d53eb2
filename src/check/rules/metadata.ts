import { groupOf } from '../../estate';
import { violationsOf } from '../facts/verdict';
import type { CheckScope, Rule, Violation } from '../rule';

export const metadata: Rule = {
  id: 'metadata',
  title: 'Names, labels and annotations have the form that the API server asks for.',
  severity: 'error',
  why: 'The API server refuses the object. What a name may be depends on the kind: a Service is stricter than a ConfigMap, a Role is freer than both.',
  bad: `kind: Service
metadata:
  name: 2nd_cache`,
  good: `kind: Service
metadata:
  name: second-cache`,
  *check(scope) {
    for (const violation of violationsOf(scope, 'metadata'))
      if (!isAboutScope(violation, scope)) yield violation;
  },
};

/** A namespace where none belongs is what the rule `object-scope` is for. */
function isAboutScope({ object, path }: Violation, { registry }: CheckScope): boolean {
  if (path !== 'metadata.namespace' || !object) return false;
  return registry.info(groupOf(object.apiVersion), object.kind)?.namespaced === false;
}
