import type { Target } from '../../estate';
import type { CheckScope } from '../rule';
import { namespacesWith } from './known-names';

/** Kinds that people mistake for each other. */
const families: readonly (readonly string[])[] = [
  ['GitRepository', 'OCIRepository', 'HelmRepository', 'HelmChart', 'Bucket', 'ExternalArtifact'].map(
    (kind) => `source.toolkit.fluxcd.io/${kind}`,
  ),
  ['kustomize.toolkit.fluxcd.io/Kustomization', 'helm.toolkit.fluxcd.io/HelmRelease'],
  ['rbac.authorization.k8s.io/Role', 'rbac.authorization.k8s.io/ClusterRole'],
  ['cert-manager.io/Issuer', 'cert-manager.io/ClusterIssuer'],
  ['external-secrets.io/SecretStore', 'external-secrets.io/ClusterSecretStore'],
  ['ConfigMap', 'Secret'],
  ['apps/Deployment', 'apps/StatefulSet', 'apps/DaemonSet'],
];

const familyOf = new Map(families.flatMap((family) => family.map((kind) => [kind, family] as const)));

/** The kind that something of the wanted name has, where the wanted kind has none; undefined where neither has. */
export function mistakenKind(scope: CheckScope, { kind, namespace, name }: Target): string | undefined {
  const family = familyOf.get(kind) ?? [];
  return family.find((other) => {
    if (other === kind) return false;
    const namespaces = namespacesWith(scope, other, name);
    return namespaces.includes(namespace ?? '') || namespaces.includes('');
  });
}

/** Whether a reference names something that is there, but of another kind. */
export function isWrongKind(scope: CheckScope, target: Target): boolean {
  return mistakenKind(scope, target) !== undefined;
}
