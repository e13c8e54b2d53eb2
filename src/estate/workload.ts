import { isMap, listIn, textMapIn, valueIn } from './fields';
import { kindOf } from './identity';
import type { EstateObject, JsonObject } from './types';

/** Where the pods of a workload are described. */
const podTemplates: { readonly [kind: string]: readonly string[] } = {
  Pod: [],
  ReplicationController: ['spec', 'template'],
  'apps/Deployment': ['spec', 'template'],
  'apps/DaemonSet': ['spec', 'template'],
  'apps/ReplicaSet': ['spec', 'template'],
  'apps/StatefulSet': ['spec', 'template'],
  'batch/Job': ['spec', 'template'],
  'batch/CronJob': ['spec', 'jobTemplate', 'spec', 'template'],
};

/** The pods that a workload runs: metadata and spec as in a Pod, and the path to them in the object. */
export interface PodTemplate {
  readonly labels: { readonly [key: string]: string };
  readonly annotations: { readonly [key: string]: string };
  readonly spec: JsonObject;
  /** The path of `spec`, e.g. `spec.template.spec`. */
  readonly path: string;
}

/** Where the kind of an object keeps its pod template; undefined for kinds that run no pods. */
export function podTemplateOf(
  object: Pick<EstateObject, 'apiVersion' | 'kind' | 'body'>,
): PodTemplate | undefined {
  const path = podTemplates[kindOf(object)];
  if (!path) return undefined;
  const template = valueIn(object.body, ...path);
  const spec = valueIn(template, 'spec');
  if (!isMap(spec)) return undefined;
  return {
    labels: textMapIn(template, 'metadata', 'labels'),
    annotations: textMapIn(template, 'metadata', 'annotations'),
    spec,
    path: [...path, 'spec'].join('.'),
  };
}

/** A container, and the path to it. */
export interface Container {
  readonly container: JsonObject;
  readonly path: string;
  readonly init: boolean;
}

/** All containers of a pod: the ones that start first, then the ones that stay. */
export function containersOf({ spec, path }: Pick<PodTemplate, 'spec' | 'path'>): Container[] {
  const found: Container[] = [];
  for (const list of containerLists) {
    const init = list === 'initContainers';
    for (const [index, container] of listIn(spec, list).entries())
      if (isMap(container)) found.push({ container, path: `${path}.${list}[${index}]`, init });
  }
  return found;
}

const containerLists = ['initContainers', 'containers'];
