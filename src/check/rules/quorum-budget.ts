import { describe } from '../../estate';
import { type Budget, budgetsOf } from '../facts/budgets';
import { type Quorum, quorumsOf } from '../facts/quorums';
import type { Rule, Violation } from '../rule';

export const quorumBudget: Rule = {
  id: 'quorum-budget',
  title: 'A budget keeps a majority of every quorum.',
  severity: { lean: 'warning', ha: 'error' },
  why: 'When a cluster is upgraded, nodes are drained one after the other, as fast as budgets allow. Without a budget, or with one that allows too much, a majority of the members is taken away at once, and the rest stops answering. Which StatefulSets vote is known from the annotation fluxwright.dev/quorum, which StatefulCluster sets, and from images such as zookeeper, etcd and consul.',
  bad: `kind: StatefulSet # zookeeper, 3 replicas
---
kind: PodDisruptionBudget
spec: { maxUnavailable: 2 }`,
  good: `kind: PodDisruptionBudget
spec: { maxUnavailable: 1 }`,
  *check(scope) {
    const budgets = new Map(
      budgetsOf(scope).flatMap((budget) => budget.workloads.map(({ object }) => [object, budget] as const)),
    );
    for (const quorum of quorumsOf(scope)) {
      if (quorum.members < 3) continue;
      const budget = budgets.get(quorum.workload.object);
      if (!budget) yield unprotected(quorum);
      else if (budget.allowed !== undefined && budget.allowed > quorum.spare) yield tooMuch(quorum, budget);
    }
  },
};

function unprotected({ workload, members, spare }: Quorum): Violation {
  const message = `no PodDisruptionBudget keeps a majority of the ${members} members of ${describe(workload.object)}`;
  return {
    object: workload.object,
    message,
    fix: `make a PodDisruptionBudget with maxUnavailable: 1 that selects them (${spare} may be gone at once)`,
  };
}

function tooMuch({ workload, members, spare }: Quorum, { object, path, allowed }: Budget): Violation {
  const message = `${describe(object)} lets ${allowed} of the ${members} members of ${describe(workload.object)} be taken away at once, and ${members - spare} have to stay`;
  return { object, path, message, fix: 'write maxUnavailable: 1' };
}
