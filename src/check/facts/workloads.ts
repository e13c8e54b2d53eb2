import {
  type Container,
  containersOf,
  type EstateObject,
  kindOf,
  mapIn,
  numberIn,
  type PodTemplate,
  podTemplateOf,
  textIn,
} from '../../estate';
import { perScope } from './per-scope';

/** An object that runs pods. */
export interface Workload {
  readonly object: EstateObject;
  /** Its kind with its group. */
  readonly kind: string;
  readonly template: PodTemplate;
  readonly containers: readonly Container[];
}

/** Everything in a cluster that is known to run pods. */
export const workloadsOf = perScope(({ cluster }): readonly Workload[] => cluster.objects.flatMap(workload));

function workload(object: EstateObject): Workload[] {
  const template = podTemplateOf(object);
  if (!template) return [];
  return [{ object, kind: kindOf(object), template, containers: containersOf(template) }];
}

/** Workloads whose pods live until somebody ends them. */
export function isLongRunning({ kind }: Workload): boolean {
  return kind === 'apps/Deployment' || kind === 'apps/StatefulSet' || kind === 'apps/DaemonSet';
}

/** The fewest pods that a workload has; undefined where that depends on the nodes. */
export const replicasOf = perScope((scope) => {
  const fewest = new Map<string, number>();
  for (const { kind, field, usual } of scalers) {
    for (const { body, namespace } of scope.of(kind)) {
      const [target = 'Deployment', name] = ['kind', 'name'].map((one) =>
        textIn(body, 'spec', 'scaleTargetRef', one),
      );
      fewest.set(`${target} ${namespace}/${name}`, numberIn(body, 'spec', field) ?? usual);
    }
  }
  return ({ object, kind }: Workload): number | undefined => {
    if (!counted.has(kind)) return undefined;
    const scaled = fewest.get(`${object.kind} ${object.namespace}/${object.name}`);
    if (scaled !== undefined) return scaled;
    return mapIn(object.body, 'spec')['replicas'] == null ? 1 : numberIn(object.body, 'spec', 'replicas');
  };
});

const counted = new Set(['apps/Deployment', 'apps/StatefulSet', 'apps/ReplicaSet']);

/** What scales workloads, the field that says how many at least, and how many where nothing is said. */
const scalers = [
  { kind: 'autoscaling/HorizontalPodAutoscaler', field: 'minReplicas', usual: 1 },
  { kind: 'keda.sh/ScaledObject', field: 'minReplicaCount', usual: 0 },
] as const;
