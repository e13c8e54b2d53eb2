import { append, type Selector } from '../../estate';
import type { CheckScope } from '../rule';
import { LabelIndex } from './label-index';
import { perScope } from './per-scope';
import { type Workload, workloadsOf } from './workloads';

const podsByNamespace = perScope((scope): ReadonlyMap<string, LabelIndex<Workload>> => {
  const groups = new Map<string, Workload[]>();
  for (const workload of workloadsOf(scope)) append(groups, workload.object.namespace ?? '', workload);
  return new Map(
    [...groups].map(([namespace, workloads]) => [
      namespace,
      new LabelIndex(workloads, ({ template }) => template.labels),
    ]),
  );
});

/** The workloads of a namespace whose pods a selector selects. */
export function podsSelectedBy(
  scope: CheckScope,
  namespace: string,
  selector: Selector,
): readonly Workload[] {
  const found = podsByNamespace(scope).get(namespace)?.select(withoutAutomatic(selector)) ?? [];
  const podName = selector.labels['statefulset.kubernetes.io/pod-name'];
  return podName === undefined
    ? found
    : found.filter(({ object }) => podName.replace(/-\d+$/, '') === object.name);
}

/** All workloads of a namespace. */
export function podsIn(scope: CheckScope, namespace: string): readonly Workload[] {
  return podsByNamespace(scope).get(namespace)?.all ?? [];
}

/** Labels that controllers put on pods, so that no template shows them. */
const automatic =
  /^(statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|controller-revision-hash|pod-template-(hash|generation)|job-name|controller-uid|batch\.kubernetes\.io\/.*|topology\.kubernetes\.io\/.*)$/;

function withoutAutomatic(selector: Selector): Selector {
  const { labels, expressions } = selector;
  if (!hasAutomatic(selector)) return selector;
  return {
    labels: Object.fromEntries(Object.entries(labels).filter(([key]) => !isAutomatic(key))),
    expressions: expressions.filter(({ key }) => !isAutomatic(key)),
  };
}

function hasAutomatic({ labels, expressions }: Selector): boolean {
  for (const key in labels) if (isAutomatic(key)) return true;
  return expressions.some(({ key }) => isAutomatic(key));
}

/** Selectors have few keys, and there are many selectors. */
const judged = new Map<string, boolean>();

function isAutomatic(key: string): boolean {
  const known = judged.get(key);
  if (known !== undefined) return known;
  const found = automatic.test(key);
  judged.set(key, found);
  return found;
}
