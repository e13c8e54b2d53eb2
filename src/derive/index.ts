import type { ClusterEstate, EstateObject } from '../estate';
import { networkPolicies } from './network-policies';

export { connectionsOf } from './connections';
export { hasNamedPods, openersOf } from './network-policies';

/** The objects that follow from what a linked cluster says of its connections. */
export function derive(cluster: ClusterEstate): readonly EstateObject[] {
  return cluster.info.networkPolicies ? networkPolicies(cluster) : [];
}
