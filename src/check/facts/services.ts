import {
  type EstateObject,
  isMap,
  type Json,
  labelsOf,
  listIn,
  mapIn,
  numberIn,
  type Selector,
  textIn,
} from '../../estate';
import { LabelIndex } from './label-index';
import type { CheckScope } from '../rule';
import { grouped } from './grouped';
import { perScope } from './per-scope';
import type { Workload } from './workloads';

const byNamespace = perScope((scope): ReadonlyMap<string, LabelIndex<EstateObject>> => {
  const groups = grouped(scope.of('Service'), ({ namespace }) => namespace ?? '');
  return new Map(
    [...groups].map(([namespace, services]) => [
      namespace,
      new LabelIndex(services, ({ body }) => labelsOf(body)),
    ]),
  );
});

/** The Services of a namespace. */
export function servicesIn(scope: CheckScope, namespace: string): readonly EstateObject[] {
  return byNamespace(scope).get(namespace)?.all ?? [];
}

/** The Services of a namespace whose labels a selector selects. */
export function servicesSelectedBy(
  scope: CheckScope,
  namespace: string,
  selector: Selector,
): readonly EstateObject[] {
  return byNamespace(scope).get(namespace)?.select(selector) ?? [];
}

/** A port of a Service. */
export interface ServicePort {
  readonly name: string | undefined;
  readonly port: number | undefined;
  readonly target: string | number | undefined;
  readonly path: string;
}

/** The ports of a Service. */
export function portsOf(service: EstateObject): readonly ServicePort[] {
  return listIn(service.body, 'spec', 'ports').flatMap((entry, index) =>
    isMap(entry) ? [servicePort(entry, index)] : [],
  );
}

function servicePort(entry: Json, index: number): ServicePort {
  return {
    name: textIn(entry, 'name'),
    port: numberIn(entry, 'port'),
    target: textIn(entry, 'targetPort') ?? numberIn(entry, 'targetPort'),
    path: `spec.ports[${index}]`,
  };
}

/** Whether a Service is the address of its pods themselves: then any port of theirs is reached, listed or not. */
export function isHeadless(service: EstateObject): boolean {
  return textIn(service.body, 'spec', 'clusterIP') === 'None';
}

/** Whether a Service is only another name for something elsewhere. */
export function isAlias(service: EstateObject): boolean {
  return textIn(service.body, 'spec', 'type') === 'ExternalName';
}

/** The names of the ports of a workload's containers. */
export function portNamesOf({ containers }: Workload): readonly string[] {
  return containers.flatMap(({ container }) =>
    listIn(container, 'ports').flatMap((port) => textIn(mapIn(port), 'name') ?? []),
  );
}
