import { append, type Selector } from '../../estate';
import { LabelIndex } from './label-index';
import type { CheckScope } from '../rule';
import { perScope } from './per-scope';
import { type Workload, workloadsOf } from './workloads';

interface Pods {
  readonly labels: { readonly [key: string]: string };
  readonly workload: Workload;
}

const podsByNamespace = perScope((scope): ReadonlyMap<string, LabelIndex<Pods>> => {
  const groups = new Map<string, Pods[]>();
  for (const workload of workloadsOf(scope)) {
    append(groups, workload.object.namespace ?? '', { labels: workload.template.labels, workload });
  }
  return new Map([...groups].map(([namespace, pods]) => [namespace, new LabelIndex(pods)]));
});

/** The workloads of a namespace whose pods a selector selects. */
export function podsSelectedBy(
  scope: CheckScope,
  namespace: string,
  selector: Selector,
): readonly Workload[] {
  const pods = podsByNamespace(scope).get(namespace);
  if (!pods) return [];
  const found = pods.select(withoutAutomatic(selector)).map(({ workload }) => workload);
  const podName = selector.labels['statefulset.kubernetes.io/pod-name'];
  return podName === undefined
    ? found
    : found.filter(({ object }) => podName.replace(/-\d+$/, '') === object.name);
}

/** All workloads of a namespace. */
export function podsIn(scope: CheckScope, namespace: string): readonly Workload[] {
  return (
    podsByNamespace(scope)
      .get(namespace)
      ?.all.map(({ workload }) => workload) ?? []
  );
}

/** Labels that controllers put on pods, so that no template shows them. */
const automatic =
  /^(statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|controller-revision-hash|pod-template-(hash|generation)|job-name|controller-uid|batch\.kubernetes\.io\/.*|topology\.kubernetes\.io\/.*)$/;

function withoutAutomatic({ labels, expressions }: Selector): Selector {
  return {
    labels: Object.fromEntries(Object.entries(labels).filter(([key]) => !automatic.test(key))),
    expressions: expressions.filter(({ key }) => !automatic.test(key)),
  };
}
