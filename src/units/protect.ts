import type { EstateObject, JsonObject } from '../estate';
import { annotationsOf, kindOf } from '../estate';
import { holdsData } from './tables';

/** The annotation that keeps Flux from deleting an object that left the repository. */
export const pruneAnnotation = 'kustomize.toolkit.fluxcd.io/prune';

/** Keep Flux from deleting what holds data. Who wants it deleted says so with `prune: enabled`. */
export function protect(object: EstateObject): EstateObject {
  if (
    !holdsDataOf(object) ||
    object.verbatim !== undefined ||
    annotationsOf(object.body)[pruneAnnotation] !== undefined
  )
    return object;
  const metadata = object.body['metadata'] as JsonObject;
  const annotations = { ...annotationsOf(object.body), [pruneAnnotation]: 'disabled' };
  return { ...object, body: { ...object.body, metadata: { ...metadata, annotations } } };
}

/** Whether deleting an object deletes data. */
export function holdsDataOf(object: EstateObject): boolean {
  if (holdsData.has(kindOf(object))) return true;
  const spec = object.body['spec'] as JsonObject | undefined;
  const retained =
    (spec?.['persistentVolumeClaimRetentionPolicy'] as JsonObject | undefined)?.['whenDeleted'] !== 'Delete';
  return kindOf(object) === 'apps/StatefulSet' && Array.isArray(spec?.['volumeClaimTemplates']) && !retained;
}
