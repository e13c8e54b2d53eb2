import { describe, type EstateObject, listIn, objectId, textIn, textsIn } from '../../estate';
import { replicasOf, type Workload, workloadsOf } from '../facts/workloads';
import type { CheckScope, Rule } from '../rule';

export const rollingClaim: Rule = {
  id: 'rolling-claim',
  title: 'A volume that one node can mount is used by one pod at a time.',
  severity: { lean: 'warning', ha: 'error' },
  why: 'A rolling update starts the new pod before the old one ends. Where that is on another node, the volume is still attached to the first: the new pod waits for ever (Multi-Attach error), and the old one is never ended.',
  bad: `kind: Deployment
spec:
  strategy: { type: RollingUpdate } # with a claim that is ReadWriteOnce`,
  good: `kind: Deployment
spec:
  replicas: 1
  strategy: { type: Recreate }`,
  *check(scope) {
    for (const workload of workloadsOf(scope)) {
      const claim = workload.kind === 'apps/Deployment' ? singleClaim(workload, scope) : undefined;
      if (!claim) continue;
      const { object } = workload;
      const replicas = replicasOf(scope)(workload) ?? 1;
      const message = `${describe(object)} mounts ${describe(claim)}, which one node at a time can have`;
      if (replicas > 1) {
        const fix =
          'write replicas: 1 and strategy: { type: Recreate }, or make it a StatefulSet with a claim for each pod';
        yield { object, path: 'spec.replicas', message: `${message}, in ${replicas} pods`, fix };
      } else if (textIn(object.body, 'spec', 'strategy', 'type') !== 'Recreate' && replicas === 1) {
        yield {
          object,
          path: 'spec.strategy',
          message: `${message}, and is updated by starting a second pod`,
          fix: 'write strategy: { type: Recreate }',
        };
      }
    }
  },
};

function singleClaim({ object, template }: Workload, { find }: CheckScope): EstateObject | undefined {
  const names = listIn(template.spec, 'volumes').flatMap(
    (volume) => textIn(volume, 'persistentVolumeClaim', 'claimName') ?? [],
  );
  const claims = names.flatMap(
    (name) => find(objectId('v1', 'PersistentVolumeClaim', object.namespace, name)) ?? [],
  );
  return claims.find(({ body }) => {
    const modes = textsIn(body, 'spec', 'accessModes');
    return modes.length > 0 && modes.every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod');
  });
}
