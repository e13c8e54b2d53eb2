import type { Json, JsonObject } from '../../estate';
import { equal } from '../../estate/equal';
import { Run } from '../validate/violation';
import { object, objects } from './field-rules';
import { meaning } from './meaning';

/** How to change of a StatefulSet what cannot be changed. */
export const statefulSetFix =
  'delete it with --cascade=orphan first, or make it under another name and move the data';

/** Only what a claim is made from counts; the server drops the rest. */
export function checkClaimTemplates(before: JsonObject, after: JsonObject, run: Run): void {
  if (equal(meaning(claimTemplates(before)) ?? [], meaning(claimTemplates(after)) ?? [])) return;
  run.report(
    'immutable',
    'volumeClaimTemplates cannot be changed',
    statefulSetFix,
    'spec',
    'volumeClaimTemplates',
  );
}

function claimTemplates(body: JsonObject): Json {
  return objects(object(body['spec'])['volumeClaimTemplates']).map(({ metadata, spec }) => ({
    metadata: metadata ?? {},
    spec: spec ?? {},
  }));
}

/** A running pod is what it was made as. */
export function checkPod(before: JsonObject, after: JsonObject, run: Run): void {
  if (!equal(meaning(frozen(before)) ?? null, meaning(frozen(after)) ?? null))
    run.report('immutable', 'a pod cannot be changed but for its images', 'let a Deployment make it', 'spec');
}

/** What of a pod stays. */
function frozen(body: JsonObject): Json {
  const {
    activeDeadlineSeconds: _,
    tolerations: __,
    terminationGracePeriodSeconds: ___,
    schedulingGates: ____,
    ...spec
  } = object(body['spec']);
  return {
    ...spec,
    containers: withoutImages(spec['containers']),
    initContainers: withoutImages(spec['initContainers']),
  };
}

function withoutImages(containers: Json | undefined): Json {
  return Array.isArray(containers)
    ? (containers as readonly Json[]).map((container) => ({
        ...object(container),
        image: '',
        imagePullPolicy: '',
      }))
    : [];
}
