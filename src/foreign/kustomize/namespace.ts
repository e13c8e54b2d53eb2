import type { IsNamespaced, Json } from '../../estate';
import { isMap, splitKind } from '../../estate';
import { updateAt } from './fields';
import { type Name, nameOf, namesOf, type Resource, withBody } from './resource';

const bindings = new Set([
  'rbac.authorization.k8s.io/RoleBinding',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
]);
const hooks = new Set([
  'admissionregistration.k8s.io/MutatingWebhookConfiguration',
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration',
]);

/**
 * `namespace`: every object goes there, a Namespace takes its name, and the accounts that bindings name go with
 * their objects. A kind that nobody knows counts as one with namespaces.
 */
export function setNamespace(
  resources: readonly Resource[],
  namespace: string,
  isNamespaced: IsNamespaced,
): Resource[] {
  const accounts = resources.flatMap((one) => namesOf(one).filter(({ kind }) => kind === 'ServiceAccount'));
  return resources.map((one) => {
    const { kind } = nameOf(one);
    if (kind === 'Namespace')
      return withBody(
        one,
        updateAt(one.body, 'metadata/name', true, () => namespace),
      );
    const moved =
      isNamespaced(...splitKind(kind)) === false
        ? one.body
        : updateAt(one.body, 'metadata/namespace', true, () => namespace);
    if (bindings.has(kind))
      return withBody(
        one,
        updateAt(moved, 'subjects', false, (list) => subjects(list, namespace, accounts)),
      );
    if (kind === 'apiregistration.k8s.io/APIService')
      return withBody(
        one,
        updateAt(moved, 'spec/service/namespace', false, () => namespace),
      );
    return withBody(
      one,
      hooks.has(kind)
        ? updateAt(moved, 'webhooks/clientConfig/service/namespace', false, () => namespace)
        : moved,
    );
  });
}

function subjects(list: Json | undefined, namespace: string, accounts: readonly Name[]): Json | undefined {
  if (!Array.isArray(list)) return list;
  return (list as readonly Json[]).map((subject) => {
    if (!isMap(subject) || subject['kind'] !== 'ServiceAccount') return subject;
    const own = accounts.some(
      ({ name, namespace: where }) =>
        name === subject['name'] &&
        (where || 'default') === ((subject['namespace'] as string | undefined) ?? 'default'),
    );
    return own || subject['name'] === 'default' ? { ...subject, namespace } : subject;
  });
}
