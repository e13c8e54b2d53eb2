import { describe, type EstateObject, listIn, numberIn, objectId, textIn, valueIn } from '../../estate';
import { perScope } from '../facts/per-scope';
import { type Workload, workloadsOf } from '../facts/workloads';
import type { CheckScope, Rule, Violation } from '../rule';

export const autoscaled: Rule = {
  id: 'autoscaled',
  title:
    'What is scaled automatically leaves its number of replicas to the autoscaler, and gives it something to measure.',
  severity: { lean: 'warning', ha: 'error' },
  why: 'A number of replicas in Git is applied again at every reconciliation: Flux scales down what the autoscaler has scaled up, under load. And a share of the CPU can only be measured against a request: without one the autoscaler does nothing.',
  bad: `kind: Deployment
spec:
  replicas: 2 # and a HorizontalPodAutoscaler`,
  good: `kind: Deployment
spec: {} # minReplicas of the autoscaler says how many at least`,
  *check(scope) {
    for (const scaler of [
      ...scope.of('autoscaling/HorizontalPodAutoscaler'),
      ...scope.of('keda.sh/ScaledObject'),
    ]) {
      const workload = targetOf(scaler, scope);
      if (!workload) continue;
      yield* fixedReplicas(workload.object, scaler);
      yield* unmeasurable(workload, scaler);
    }
  },
};

const byId = perScope(
  (scope) => new Map(workloadsOf(scope).map((workload) => [workload.object.id, workload])),
);

function targetOf(scaler: EstateObject, scope: CheckScope): Workload | undefined {
  const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((field) =>
    textIn(scaler.body, 'spec', 'scaleTargetRef', field),
  );
  return byId(scope).get(
    objectId(apiVersion ?? 'apps/v1', kind ?? 'Deployment', scaler.namespace, name ?? ''),
  );
}

function* fixedReplicas(object: EstateObject, scaler: EstateObject): Iterable<Violation> {
  const replicas = numberIn(object.body, 'spec', 'replicas');
  if (replicas === undefined || replicas === 0) return;
  const message = `${describe(object)} is set to ${replicas} replicas at every reconciliation, and ${describe(scaler)} scales it`;
  yield {
    object,
    path: 'spec.replicas',
    message,
    fix: 'remove replicas: the autoscaler says how many at least',
  };
}

function* unmeasurable({ object, containers }: Workload, scaler: EstateObject): Iterable<Violation> {
  for (const [index, metric] of listIn(scaler.body, 'spec', 'metrics').entries()) {
    if (
      textIn(metric, 'type') !== 'Resource' ||
      numberIn(metric, 'resource', 'target', 'averageUtilization') === undefined
    )
      continue;
    const resource = textIn(metric, 'resource', 'name') ?? '';
    const silent = containers.find(({ container, init }) => !init && !requests(container, resource));
    if (!silent) continue;
    const message = `the container ${textIn(silent.container, 'name') ?? ''} of ${describe(object)} requests no ${resource}: its utilization cannot be measured`;
    const fix = `write resources: { requests: { ${resource}: … } } there, or measure an averageValue`;
    yield { object: scaler, path: `spec.metrics[${index}]`, message, fix };
  }
}

function requests(container: Workload['containers'][number]['container'], resource: string): boolean {
  return ['requests', 'limits'].some(
    (field) => valueIn(container, 'resources', field, resource) !== undefined,
  );
}
