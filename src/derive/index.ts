import type { ClusterEstate, EstateObject } from '../estate';

/** The objects that follow from what a linked cluster says of its connections. */
export function derive(_cluster: ClusterEstate): readonly EstateObject[] {
  return [];
}
