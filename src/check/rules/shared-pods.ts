import { describe, isEverything, labelSelector, mapIn, selectorText } from '../../estate';
import { podsSelectedBy } from '../facts/pods';
import { listed, madeAt } from '../facts/text';
import { isLongRunning, workloadsOf } from '../facts/workloads';
import type { Rule } from '../rule';

export const sharedPods: Rule = {
  id: 'shared-pods',
  title: 'No two workloads select the same pods.',
  severity: 'error',
  why: 'A controller counts, scales and rolls the pods that its selector selects. Where that takes in the pods of another one, autoscalers measure and budgets count the wrong pods, and controllers fight over those that lose their owner.',
  bad: `# Deployments api and worker in one namespace, both with
selector: { matchLabels: { app: shop } }`,
  good: `selector: { matchLabels: { app: shop, component: api } }
# and
selector: { matchLabels: { app: shop, component: worker } }`,
  *check(scope) {
    for (const workload of workloadsOf(scope)) {
      const { object } = workload;
      const selector = isLongRunning(workload)
        ? labelSelector(mapIn(object.body, 'spec', 'selector'))
        : undefined;
      if (!selector || isEverything(selector)) continue;
      const others = podsSelectedBy(scope, object.namespace ?? '', selector).filter(
        (other) => other.object.id !== object.id && isLongRunning(other),
      );
      const [other] = others;
      if (!other) continue;
      const names = listed(others.map((one) => describe(one.object)));
      const message = `${describe(object)} selects the pods of ${names} as well${madeAt(other.object)}: ${selectorText(selector)}`;
      yield {
        object,
        path: 'spec.selector',
        message,
        fix: 'add a label to selector and template that only this one has, e.g. app.kubernetes.io/name',
      };
    }
  },
};
