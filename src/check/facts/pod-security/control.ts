import { type JsonObject, mapIn, textIn, valueIn } from '../../../estate';
import type { Workload } from '../workloads';

/** A place in a pod that a level does not allow. */
export interface Breach {
  readonly path: string;
  readonly message: string;
  readonly fix: string;
}

/** One control of the Pod Security Standards. */
export type Control = (pod: Workload) => Iterable<Breach>;

/** A security context, of the pod or of a container. */
export interface Context {
  readonly context: JsonObject;
  readonly path: string;
  /** The container's name; absent for the pod itself. */
  readonly container?: string;
}

/** The security contexts of a pod's containers. */
export function containerContexts({ containers }: Workload): Context[] {
  return containers.map(({ container, path }) => ({
    context: mapIn(container, 'securityContext'),
    path: `${path}.securityContext`,
    container: textIn(container, 'name') ?? '',
  }));
}

/** The security context of a pod itself. */
export function podContext({ template }: Workload): Context {
  return { context: mapIn(template.spec, 'securityContext'), path: `${template.path}.securityContext` };
}

/** All security contexts of a pod. */
export function contextsOf(pod: Workload): Context[] {
  return [podContext(pod), ...containerContexts(pod)];
}

/** Whether a pod is for Windows, which knows none of Linux' means. */
export function isWindows({ template }: Workload): boolean {
  return textIn(template.spec, 'os', 'name') === 'windows';
}

/** Whether a pod's users are other users than the node's: then being root inside means little. */
export function hasOwnUsers({ template }: Workload): boolean {
  return valueIn(template.spec, 'hostUsers') === false;
}
