import { mapIn, numberIn, textIn } from '../../estate';
import { conditionOf } from '../../lab/flux';
import type { LiveObject } from '../../lab/api/client';
import type { Trouble } from '../types';
import type { World } from '../world';
import { brought } from './brought';
import { isSeen, troubleOf } from './conditions';
import { podTrouble } from './pod';

/** Why a workload is not as its manifest says: what its pods say, or why it has none. */
export function workloadTrouble(object: LiveObject, world: World): Trouble | undefined {
  if (isSettled(object)) return undefined;
  const pods = world.owned(object).filter(({ kind }) => kind === 'Pod');
  const sick = pods.flatMap((pod) => {
    const trouble = podTrouble(pod, world);
    return trouble ? [{ pod, trouble }] : [];
  });
  const worst =
    sick.find(({ trouble }) => trouble.isCertain) ??
    sick.find(({ trouble }) => !trouble.isProgressing) ??
    sick[0];
  const trouble = worst
    ? ofPod(worst.pod, worst.trouble, `${sick.length} of ${pods.length} pods not Ready`)
    : (withoutPods(object, world) ?? unfinished(object));
  const failed = failure(object);
  return failed && trouble.isProgressing ? { ...trouble, isProgressing: false } : trouble;
}

type IsEnough = (object: LiveObject, replicas: number) => boolean;

const count = ({ status }: LiveObject, field: string): number => numberIn(status, field) ?? 0;

/** When a workload has everything that it should have, by kind. */
const settled: { readonly [kind: string]: IsEnough } = {
  Deployment: (object, replicas) =>
    count(object, 'updatedReplicas') >= replicas &&
    count(object, 'availableReplicas') >= replicas &&
    count(object, 'replicas') <= count(object, 'updatedReplicas'),
  StatefulSet: (object, replicas) => count(object, 'readyReplicas') >= replicas && isRolledOut(object),
  DaemonSet: (object) =>
    count(object, 'numberReady') >= count(object, 'desiredNumberScheduled') &&
    count(object, 'updatedNumberScheduled') >= count(object, 'desiredNumberScheduled'),
  ReplicaSet: (object, replicas) => count(object, 'readyReplicas') >= replicas,
  Job: (object) => count(object, 'succeeded') > 0 || count(object, 'failed') === 0,
};

/** Somebody may want some pods, or all, to keep their old revision until he says so. */
function isRolledOut({ spec, status }: LiveObject): boolean {
  const strategy = mapIn(spec, 'updateStrategy');
  const isHeld =
    textIn(strategy, 'type') === 'OnDelete' || (numberIn(strategy, 'rollingUpdate', 'partition') ?? 0) > 0;
  return isHeld || textIn(status, 'currentRevision') === textIn(status, 'updateRevision');
}

function isSettled(object: LiveObject): boolean {
  const isEnough = settled[object.kind ?? ''];
  if (conditionOf(object, 'Complete')?.status === 'True') return true;
  if (failure(object)) return false;
  return isSeen(object) && (isEnough?.(object, numberIn(object.spec, 'replicas') ?? 1) ?? true);
}

function failure(object: LiveObject): Trouble | undefined {
  const failed = conditionOf(object, 'Failed');
  if (failed?.status === 'True') return troubleOf(failed);
  const progressing = conditionOf(object, 'Progressing');
  return progressing?.status === 'False' ? troubleOf(progressing) : undefined;
}

/** What a pod says, with the field where the workload says it. */
function ofPod(pod: LiveObject, { path, ...trouble }: Trouble, share: string): Trouble {
  return {
    ...trouble,
    message: `${share}; ${pod.metadata.name}: ${trouble.message}`,
    ...(path !== undefined && { path: `spec.template.spec.${path}` }),
  };
}

/** Whoever should make the pods could not: a missing account, a quota, a rule of the namespace. */
function withoutPods(object: LiveObject, world: World): Trouble | undefined {
  const makers = [object, ...world.owned(object)];
  const event = makers.flatMap(world.warnings).find(({ reason }) => reason === 'FailedCreate');
  if (!event) return undefined;
  const account = /service ?account/.test(event.message)
    ? { path: 'spec.template.spec.serviceAccountName' }
    : {};
  return { ...event, ...account, isCertain: true, ...brought(event.message, object, world) };
}

function unfinished(object: LiveObject): Trouble {
  const message = `${count(object, 'readyReplicas')} of ${numberIn(object.spec, 'replicas') ?? 1} pods are Ready`;
  return failure(object) ?? available(object) ?? { reason: 'Progressing', message, isProgressing: true };
}

function available(object: LiveObject): Trouble | undefined {
  const condition = conditionOf(object, 'Available');
  return condition?.status === 'False' ? { ...troubleOf(condition), isProgressing: true } : undefined;
}
