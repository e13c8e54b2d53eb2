import type { LabPlan } from '../plan';
import { controlPlane } from './control-plane';
import { fluxComponents } from './flux';
import { nodeComponents } from './node';
import { serviceComponents } from './services';
import type { Component } from './types';

export type { Component, Probe } from './types';
export { API_SERVER } from './control-plane';
export { FLUX_NAMESPACE } from './flux';

/** Every program of a lab, as data. */
export function componentsOf(plan: LabPlan): Component[] {
  return [
    ...controlPlane(plan),
    ...serviceComponents(plan),
    ...plan.nodes.flatMap((node) => nodeComponents(plan, node)),
    ...fluxComponents(plan),
  ];
}
