import { type EstateObject, type Json, labelSelector, mapIn, valueIn } from '../../estate';
import { perScope } from './per-scope';
import { podsSelectedBy } from './pods';
import { replicasOf, type Workload } from './workloads';

/** A PodDisruptionBudget, and what it says for the pods that it is about. */
export interface Budget {
  readonly object: EstateObject;
  readonly workloads: readonly Workload[];
  /** How many pods there are; undefined where nobody knows, e.g. of a DaemonSet or an operator. */
  readonly pods: number | undefined;
  /** The field that says how many. */
  readonly path: string;
  /** How many pods may be taken away at once; undefined where that depends on a number that nobody knows. */
  readonly allowed: number | undefined;
}

/** The PodDisruptionBudgets of a cluster. */
export const budgetsOf = perScope((scope): readonly Budget[] =>
  scope.of('policy/PodDisruptionBudget').map((object) => {
    const selector = labelSelector(mapIn(object.body, 'spec', 'selector'));
    const workloads = selector ? podsSelectedBy(scope, object.namespace ?? '', selector) : [];
    const counts = workloads.map(replicasOf(scope));
    const known = counts.length > 0 && !counts.includes(undefined);
    const pods = known ? counts.reduce<number>((sum, count) => sum + (count ?? 0), 0) : undefined;
    return { object, workloads, pods, ...saidBy(object, pods) };
  }),
);

function saidBy(object: EstateObject, pods: number | undefined): Pick<Budget, 'path' | 'allowed'> {
  const [least, most] = ['minAvailable', 'maxUnavailable'].map((field) =>
    valueIn(object.body, 'spec', field),
  );
  if (most !== undefined) return { path: 'spec.maxUnavailable', allowed: amount(most, pods) };
  const needed = amount(least, pods);
  const everything = least === '100%';
  return {
    path: 'spec.minAvailable',
    allowed: everything
      ? 0
      : needed === undefined || pods === undefined
        ? undefined
        : Math.max(pods - needed, 0),
  };
}

/** A number, or a share of the pods, rounded up as Kubernetes does. */
function amount(value: Json | undefined, pods: number | undefined): number | undefined {
  if (typeof value === 'number') return value;
  const percent = typeof value === 'string' ? /^(\d+)%$/.exec(value)?.[1] : undefined;
  if (percent === undefined) return undefined;
  if (Number(percent) === 0) return 0;
  return pods === undefined ? undefined : Math.ceil((pods * Number(percent)) / 100);
}
