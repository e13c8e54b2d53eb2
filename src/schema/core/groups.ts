import { coreGroups } from '../../estate';
import type { KindInfo } from '../types';

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
  return coreGroups.has(group);
}
