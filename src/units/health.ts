import type { Edge, EstateObject, JsonObject, ObjectId } from '../estate';
import { kindOf, matchesLabels, podTemplateOf } from '../estate';
import { readyWhenApplied } from './tables';

/**
 * The objects of a unit that others wait for: the targets of edges from other units. Behind a Service stand the
 * workloads that it selects: the Service itself is there at once, whoever answers is not.
 */
export function healthChecks(objects: readonly EstateObject[], incoming: readonly Edge[]): EstateObject[] {
  if (incoming.length === 0) return [];
  const byId = new Map(objects.map((object) => [object.id, object]));
  const found = new Map<ObjectId, EstateObject>();
  for (const { to } of incoming) {
    const target = byId.get(to);
    if (!target) continue;
    for (const object of behind(target, objects))
      if (!readyWhenApplied.has(kindOf(object))) found.set(object.id, object);
  }
  return [...found.values()].sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** The workloads behind a Service; everything else stands for itself. */
export function behind(target: EstateObject, objects: readonly EstateObject[]): readonly EstateObject[] {
  if (kindOf(target) !== 'Service') return [target];
  const selector = (target.body['spec'] as JsonObject | undefined)?.['selector'] as
    | { [key: string]: string }
    | undefined;
  if (!selector || Object.keys(selector).length === 0) return [target];
  const workloads = objects.filter((object) => runs(object, target.namespace, selector));
  return workloads.length > 0 ? workloads : [target];
}

function runs(
  object: EstateObject,
  namespace: string | undefined,
  selector: { [key: string]: string },
): boolean {
  if (object.namespace !== namespace) return false;
  const template = podTemplateOf(object);
  return template !== undefined && matchesLabels(selector, template.labels);
}
