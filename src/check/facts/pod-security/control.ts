import { type JsonObject, mapIn, textIn, valueIn } from '../../../estate';
import type { Workload } from '../workloads';

/** A place in a pod that a level does not allow. */
export interface Breach {
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}

/** A security context, of the pod or of a container. */
export interface Context {
  readonly context: JsonObject;
  readonly path: string;
  /** The container's name; empty for the pod itself. */
  readonly container: string;
}

/** A pod as controls look at it. */
export interface PodView extends Workload {
  readonly ofPod: Context;
  readonly ofContainers: readonly Context[];
}

/** One control of the Pod Security Standards. */
export type Control = (pod: PodView) => Iterable<Breach>;

/** What controls look at of a workload's pods. */
export function viewOf(workload: Workload): PodView {
  const { template, containers } = workload;
  return {
    ...workload,
    ofPod: contextOf(template.spec, template.path),
    ofContainers: containers.map(({ container, path }) =>
      contextOf(container, path, textIn(container, 'name')),
    ),
  };
}

function contextOf(holder: JsonObject, path: string, container = ''): Context {
  return { context: mapIn(holder, 'securityContext'), path: `${path}.securityContext`, container };
}

/** All security contexts of a pod. */
export function contextsOf({ ofPod, ofContainers }: PodView): readonly Context[] {
  return [ofPod, ...ofContainers];
}

/** Whether a pod is for Windows, which knows none of Linux' means. */
export function isWindows({ template }: PodView): boolean {
  return textIn(template.spec, 'os', 'name') === 'windows';
}

/** Whether a pod's users are other users than the node's: then being root inside means little. */
export function hasOwnUsers({ template }: PodView): boolean {
  return valueIn(template.spec, 'hostUsers') === false;
}
