import { describe, type EstateObject, objectId, textIn, valueIn } from '../../estate';
import { type Quorum, quorumsOf } from '../facts/quorums';
import type { CheckScope, Rule, Violation } from '../rule';

export const quorumStart: Rule = {
  id: 'quorum-start',
  title: 'The members of a quorum start together, and find each other before they are ready.',
  severity: 'error',
  why: 'A member is ready once there is a majority. Started one after the other, the first waits for the second, which is never started; without publishNotReadyAddresses members that are not ready yet have no host names. After a power cut the cluster stays down.',
  bad: `kind: StatefulSet
spec:
  replicas: 3 # podManagementPolicy: OrderedReady is the default`,
  good: `kind: StatefulSet
spec:
  replicas: 3
  podManagementPolicy: Parallel`,
  *check(scope) {
    for (const quorum of quorumsOf(scope)) {
      if (quorum.members > 1) yield* inOrder(quorum);
      if (quorum.members > 1) yield* unpublished(quorum, scope);
    }
  },
};

/** Without a readiness probe nobody waits for anybody. */
function* inOrder({ workload: { object, containers } }: Quorum): Iterable<Violation> {
  const waits = containers.some(({ container }) => valueIn(container, 'readinessProbe') !== undefined);
  if (!waits || textIn(object.body, 'spec', 'podManagementPolicy') === 'Parallel') return;
  const message = `the members of ${describe(object)} are started one after the other, and none is ready without a majority`;
  yield { object, path: 'spec.podManagementPolicy', message, fix: 'write podManagementPolicy: Parallel' };
}

function* unpublished({ workload: { object } }: Quorum, scope: CheckScope): Iterable<Violation> {
  const service: EstateObject | undefined = scope.find(
    objectId('v1', 'Service', object.namespace, textIn(object.body, 'spec', 'serviceName') ?? ''),
  );
  if (!service || valueIn(service.body, 'spec', 'publishNotReadyAddresses') === true) return;
  const message = `${describe(service)} hides the members of ${describe(object)} from each other until they are ready`;
  yield {
    object: service,
    path: 'spec.publishNotReadyAddresses',
    message,
    fix: 'write publishNotReadyAddresses: true',
  };
}
