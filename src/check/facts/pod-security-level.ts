import { labelsOf } from '../../estate';
import type { CheckScope } from '../rule';
import { perScope } from './per-scope';

/** The Pod Security level that a namespace enforces, if any. */
export function enforcedLevel(scope: CheckScope, namespace: string | undefined): string | undefined {
  return namespace === undefined ? undefined : levels(scope).get(namespace);
}

const levels = perScope((scope): ReadonlyMap<string, string | undefined> => {
  const namespaces = scope.of('Namespace');
  return new Map(
    namespaces.map(({ name, body }) => [name, labelsOf(body)['pod-security.kubernetes.io/enforce']]),
  );
});
