import { describe } from '../../estate';
import { type Budget, budgetsOf } from '../facts/budgets';
import { listed } from '../facts/text';
import type { Rule } from '../rule';

export const budgetBlocksDrain: Rule = {
  id: 'budget-blocks-drain',
  title: 'A budget lets at least one pod be moved.',
  severity: 'error',
  why: 'A budget that allows no disruption blocks every drain of a node: upgrades of the cluster and of its nodes wait until somebody deletes it, or force the pods out after all.',
  bad: `kind: PodDisruptionBudget
spec:
  minAvailable: 1 # of one replica`,
  good: `kind: PodDisruptionBudget
spec:
  maxUnavailable: 1`,
  *check(scope) {
    for (const budget of budgetsOf(scope)) {
      const { object, path, allowed, pods } = budget;
      if (allowed === 0 && pods !== 0)
        yield { object, path, message: messageFor(budget), fix: 'write maxUnavailable: 1 instead' };
    }
  },
};

function messageFor({ object, workloads, pods }: Budget): string {
  const about =
    workloads.length === 0
      ? 'of its pods'
      : `of the ${pods === 1 ? 'one pod' : `${pods ?? ''} pods`.replace('  ', ' ')} of ${listed(workloads.map((workload) => describe(workload.object)))}`;
  return `${describe(object)} lets none ${about} be moved: no node with one of them can be drained`;
}
