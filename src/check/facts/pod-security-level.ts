import { labelsOf, objectId } from '../../estate';
import type { CheckScope } from '../rule';

/** The Pod Security level that a namespace enforces, if any. */
export function enforcedLevel({ find }: CheckScope, namespace: string | undefined): string | undefined {
  const object =
    namespace === undefined ? undefined : find(objectId('v1', 'Namespace', undefined, namespace));
  return object && labelsOf(object.body)['pod-security.kubernetes.io/enforce'];
}
