import { identityOf, type JsonObject, kindOf, type ObjectId, textIn } from '../../estate';
import type { LiveObject } from '../../lab/api/client';
import type { Trouble } from '../types';
import type { World } from '../world';
import { isFlux, kustomizationTrouble, releaseTrouble, sourceTrouble } from './flux';
import { podTrouble } from './pod';
import { resourceTrouble } from './resource';
import { workloadTrouble } from './workload';

type Look = (object: LiveObject, world: World) => Trouble | undefined;

const looks: { readonly [kind: string]: Look } = {
  'kustomize.toolkit.fluxcd.io/Kustomization': kustomizationTrouble,
  'helm.toolkit.fluxcd.io/HelmRelease': releaseTrouble,
  'apps/Deployment': workloadTrouble,
  'apps/StatefulSet': workloadTrouble,
  'apps/DaemonSet': workloadTrouble,
  'apps/ReplicaSet': workloadTrouble,
  'batch/Job': workloadTrouble,
  Pod: barePod,
  PersistentVolumeClaim: claim,
};

/** What is wrong with an object, by everything that the cluster says of it; undefined where nothing is. */
export function lookAt(id: ObjectId, world: World): Trouble | undefined {
  const object = world.live.get(id);
  if (!object) return absent(id, world);
  const { apiVersion, kind } = identityOf(object as JsonObject);
  const look = looks[kindOf({ apiVersion, kind })] ?? (isFlux(id) ? sourceTrouble : resourceTrouble);
  return look(object, world);
}

/**
 * What is not there although it should be: its unit is in trouble, or somebody has deleted it. What its unit has never
 * applied is not committed yet, which is no trouble of the cluster.
 */
function absent(id: ObjectId, world: World): Trouble | undefined {
  if (!world.isRead(id)) return undefined;
  const missing = { reason: 'Missing', message: 'is not in the cluster' };
  const unit = world.unitOf.get(id);
  if (unit === undefined || unit === id) return missing;
  if (lookAt(unit, world)) return { ...missing, because: [unit] };
  return world.isApplied(id) ? missing : undefined;
}

function barePod(pod: LiveObject, world: World): Trouble | undefined {
  const trouble = podTrouble(pod, world);
  return trouble && { ...trouble, ...(trouble.path !== undefined && { path: `spec.${trouble.path}` }) };
}

/** A claim that waits for its first pod is as it should be. */
function claim(object: LiveObject, world: World): Trouble | undefined {
  const phase = textIn(object.status, 'phase');
  if (phase === 'Bound') return undefined;
  const [event] = world.warnings(object);
  if (event) return { ...event, path: 'spec.storageClassName', isCertain: true };
  return phase === 'Lost' ? { reason: 'Lost', message: 'its volume is gone', isCertain: true } : undefined;
}
