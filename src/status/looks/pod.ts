import { type Json, type JsonObject, listIn, mapIn, numberIn, objectId, textIn } from '../../estate';
import { conditionOf } from '../../lab/flux';
import type { LiveObject } from '../../lab/api/client';
import type { Trouble } from '../types';
import type { World } from '../world';
import { brought } from './brought';

/** Why a pod is not Ready; its fields are relative to the pod's `spec`. */
export function podTrouble(pod: LiveObject, world: World): Trouble | undefined {
  const phase = textIn(pod.status, 'phase');
  if (phase === 'Succeeded' || conditionOf(pod, 'Ready')?.status === 'True') return undefined;
  const trouble =
    unscheduled(pod, world) ??
    firstContainer(pod, world) ??
    mountTrouble(pod, world) ??
    unhealthy(pod, world);
  return trouble ?? { reason: phase ?? 'Pending', message: waiting(pod), isProgressing: isYoung(pod, world) };
}

const MINUTES_TO_START = 5;

/** Whether a pod may still be starting. */
function isYoung(pod: LiveObject, { now }: World): boolean {
  const since = conditionOf(pod, 'Ready')?.lastTransitionTime ?? textIn(pod.metadata, 'creationTimestamp');
  return since === undefined || now - Date.parse(since) < MINUTES_TO_START * 60_000;
}

function waiting(pod: LiveObject): string {
  const node = textIn(pod.spec, 'nodeName');
  return `it is ${textIn(pod.status, 'phase') ?? 'Pending'}${node === undefined ? '' : ` on ${node}`}`;
}

/** What the scheduler complains about → the field that asks for it. */
const fields: readonly (readonly [RegExp, string])[] = [
  [/Insufficient/, 'containers[0].resources'],
  [/node affinity\/selector/, 'nodeSelector'],
  [/anti-affinity|pod affinity/, 'affinity'],
  [/topology spread/, 'topologySpreadConstraints'],
  [/untolerated taint/, 'tolerations'],
];

function unscheduled(pod: LiveObject, world: World): Trouble | undefined {
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (scheduled?.status !== 'False') return undefined;
  const { message = '' } = scheduled;
  const claims = pendingClaims(pod, world);
  if (claims.length > 0) return { reason: 'Unschedulable', message, because: claims };
  const path = fields.find(([pattern]) => pattern.test(message))?.[1];
  return {
    reason: scheduled.reason ?? 'Unschedulable',
    message: message.replace(/\. no new claims.*| preemption:.*/s, ''),
    isCertain: true,
    ...(path !== undefined && { path }),
  };
}

function pendingClaims({ spec, metadata: { namespace } }: LiveObject, { live }: World): string[] {
  const names = listIn(spec, 'volumes').flatMap(
    (volume) => textIn(volume, 'persistentVolumeClaim', 'claimName') ?? [],
  );
  const ids = names.map((name) => objectId('v1', 'PersistentVolumeClaim', namespace, name));
  return ids.filter((id) => textIn(live.get(id)?.status, 'phase') !== 'Bound');
}

const lists = [
  ['initContainerStatuses', 'initContainers'],
  ['containerStatuses', 'containers'],
] as const;

/** What the kubelet says of the first container that does not do what it should. */
function firstContainer(pod: LiveObject, world: World): Trouble | undefined {
  for (const [statuses, list] of lists)
    for (const status of listIn(pod.status, statuses)) {
      const name = textIn(status, 'name') ?? '';
      const index = listIn(pod.spec, list).findIndex((container) => textIn(container, 'name') === name);
      const trouble = containerTrouble(status, `${list}[${Math.max(index, 0)}]`, pod, world);
      if (trouble) return { ...trouble, message: `container ${name}: ${trouble.message}` };
    }
  return undefined;
}

const imageReasons =
  /^(ErrImage|ImagePull|InvalidImage|ImageInspect|RegistryUnavailable|SignatureValidation)/;

function containerTrouble(status: Json, path: string, pod: LiveObject, world: World): Trouble | undefined {
  const wait = mapIn(status, 'state', 'waiting');
  const [reason = '', message = ''] = ['reason', 'message'].map((field) => textIn(wait, field));
  if (imageReasons.test(reason))
    return {
      reason,
      message: `${textIn(status, 'image')}: ${message}`,
      path: `${path}.image`,
      isCertain: true,
    };
  if (reason.endsWith('Error'))
    return { reason, message, path, isCertain: true, ...brought(message, pod, world) };
  return crash(status, path, reason);
}

/** A container that ends again and again: what it said last tells why. */
function crash(status: Json, path: string, reason: string): Trouble | undefined {
  const ends = [mapIn(status, 'state', 'terminated'), mapIn(status, 'lastState', 'terminated')];
  const end = ends.find((one) => (numberIn(one, 'exitCode') ?? 0) !== 0);
  if (!end || (numberIn(status, 'restartCount') === 0 && textIn(ends[0], 'reason') === undefined))
    return undefined;
  const said = lastWords(end);
  const isOutOfMemory = textIn(end, 'reason') === 'OOMKilled';
  return {
    reason: isOutOfMemory ? 'OOMKilled' : reason || 'CrashLoopBackOff',
    message: `ended with ${numberIn(end, 'exitCode')}${said}`,
    path: isOutOfMemory ? `${path}.resources.limits.memory` : path,
    ...(isOutOfMemory && { isCertain: true }),
  };
}

function lastWords(end: JsonObject): string {
  const lines = (textIn(end, 'message') ?? '').trim().split('\n');
  const last = lines.at(-1) ?? '';
  return last === '' ? '' : `: ${last}`;
}

/** A pod that waits for its containers to be made may wait for a volume or its sandbox. */
function mountTrouble(pod: LiveObject, world: World): Trouble | undefined {
  const [event] = world.warnings(pod);
  if (!event || !/^Failed(Mount|AttachVolume|CreatePodSandBox)/.test(event.reason)) return undefined;
  return { ...event, path: 'volumes', isCertain: true, ...brought(event.message, pod, world) };
}

function unhealthy(pod: LiveObject, world: World): Trouble | undefined {
  const event = world.warnings(pod).find(({ reason }) => reason === 'Unhealthy');
  if (!event) return undefined;
  const probe = /^(\w+) probe/.exec(event.message)?.[1]?.toLowerCase() ?? 'readiness';
  return { ...event, path: `containers[0].${probe}Probe`, isProgressing: isYoung(pod, world) };
}
