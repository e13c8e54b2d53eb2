import type { KindInfo } from '../types';

/** The API groups of Kubernetes itself. Others that end alike (`gateway.networking.k8s.io`) are made of CRDs. */
const groups = new Set([
  '',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'apps',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'certificates.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
  'events.k8s.io',
  'flowcontrol.apiserver.k8s.io',
  'internal.apiserver.k8s.io',
  'networking.k8s.io',
  'node.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'resource.k8s.io',
  'scheduling.k8s.io',
  'storage.k8s.io',
  'storagemigration.k8s.io',
]);

/** Groups and kinds of Kubernetes' own that leave finalizers alone, as custom resources do. */
const lenient = new Set([
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'coordination.k8s.io',
  'node.k8s.io',
  'policy',
]);

/** Whether the finalizers of a kind must name a domain. */
export function hasCoreFinalizers({ group }: Pick<KindInfo, 'group'>): boolean {
  return isBuiltIn(group) && !lenient.has(group);
}

/** Whether Kubernetes itself serves a group, so that Go judges its objects rather than a CRD's schema. */
export function isBuiltIn(group: string): boolean {
  return groups.has(group);
}
