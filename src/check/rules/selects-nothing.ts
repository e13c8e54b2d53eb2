import { describe, type EstateObject, selectorText } from '../../estate';
import { selectionsOf, type Selection } from '../facts/selections';
import { listed, madeAt } from '../facts/text';
import type { Rule, Violation } from '../rule';

export const selectsNothing: Rule = {
  id: 'selects-nothing',
  title: 'Every selector selects something.',
  severity: 'error',
  why: 'A Service that selects nothing has no endpoints, a budget or NetworkPolicy protects nobody, a ServiceMonitor measures nothing, and none of them says a word. Where a chart or an operator may bring the pods, the rule is silent.',
  bad: `kind: Service
spec:
  selector: { app: shop-api } # the pods have app: api`,
  good: `kind: Service
spec:
  selector: { app: api }`,
  *check(scope) {
    for (const selection of selectionsOf(scope)) {
      const { workloads, services, unseen, object } = selection;
      if (object.namespace === undefined) continue;
      if (workloads.length === 0 && services.length === 0 && unseen === undefined) yield violation(selection);
    }
  },
};

function violation({ object, path, what, namespaces, selector, near }: Selection): Violation {
  const where = namespaces.length === 0 ? 'the cluster' : listed(namespaces);
  const message = `no ${what} in ${where} has ${selectorText(selector)}`;
  return {
    object,
    path,
    message,
    fix: near ? fixFor(near.object, near.difference) : `make the ${what} that it is for, or remove it`,
  };
}

function fixFor(object: EstateObject, difference: readonly string[]): string {
  return `write ${listed(difference)}, as ${describe(object)}${madeAt(object)} has it`;
}
