import { annotationsOf, listIn, textIn } from '../../estate';
import { quorumAnnotation } from '../../construct/workload/stateful-manifests';
import { imageOf } from './images';
import { perScope } from './per-scope';
import { replicasOf, type Workload, workloadsOf } from './workloads';

/** A StatefulSet whose pods vote, and how many there are. */
export interface Quorum {
  readonly workload: Workload;
  readonly members: number;
  /** How many may be gone while the others still decide. */
  readonly spare: number;
}

/**
 * The StatefulSets whose pods vote: those that say so in the annotation `fluxwright.dev/quorum` (`none` says that
 * they do not), and those that run a program that always does.
 */
export const quorumsOf = perScope((scope): readonly Quorum[] =>
  workloadsOf(scope)
    .filter(votes)
    .map((workload) => {
      const members = replicasOf(scope)(workload) ?? 1;
      return { workload, members, spare: Math.floor((members - 1) / 2) };
    }),
);

function votes(workload: Workload): boolean {
  if (workload.kind !== 'apps/StatefulSet') return false;
  const said = annotationsOf(workload.object.body)[quorumAnnotation];
  if (said !== undefined) return said !== 'none';
  return workload.containers.some(
    ({ container, init }) => !init && isVoter(imageOf(textIn(container, 'image') ?? '').name, workload),
  );
}

const voters =
  /^(cp-)?zookeeper$|^etcd(-\w+)?$|^consul(-enterprise)?$|^kurrentdb$|^eventstore$|^rqlite$|^cockroach(db)?$/;
/** These vote where they keep data: NATS has a quorum with JetStream alone, RabbitMQ with quorum queues. */
const votersWithData = /^nats(-server)?$|^rabbitmq$/;

function isVoter(image: string, workload: Workload): boolean {
  const keepsData = listIn(workload.object.body, 'spec', 'volumeClaimTemplates').length > 0;
  return (
    voters.test(image) ||
    (keepsData && votersWithData.test(image)) ||
    (kafkaImages.test(image) && isController(workload))
  );
}

const kafkaImages = /^(cp-)?kafka(-native)?$/;

/** Of Kafka's nodes only the controllers vote. */
function isController({ containers }: Workload): boolean {
  return containers.some(({ container }) =>
    listIn(container, 'env').some(
      (entry) =>
        textIn(entry, 'name') === 'KAFKA_PROCESS_ROLES' &&
        (textIn(entry, 'value') ?? '').includes('controller'),
    ),
  );
}
