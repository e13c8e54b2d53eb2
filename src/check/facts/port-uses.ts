import {
  describe,
  type EstateObject,
  type Json,
  type JsonObject,
  kindOf,
  listIn,
  mapIn,
  numberIn,
  objectId,
  textIn,
} from '../../estate';
import type { CheckScope } from '../rule';
import { handlersOf } from './handlers';
import { type Selection, selectionsOf } from './selections';
import { isAlias, isHeadless, portNamesOf, portsOf } from './services';
import { idOf } from './text';
import { type Workload, workloadsOf } from './workloads';

/** A field that names a port that is not there. */
export interface MissingPort {
  readonly object: EstateObject;
  readonly path: string;
  readonly port: string | number;
  /** What should have the port. */
  readonly of: string;
  /** The ports that there are. */
  readonly there: readonly (string | number)[];
}

/** Every place that names a port that something known does not have. */
export function* missingPorts(scope: CheckScope): Iterable<MissingPort> {
  for (const selection of selectionsOf(scope))
    if (kindOf(selection.object) === 'Service') yield* byTargetPort(selection);
  yield* byProbes(scope);
  yield* byHostNames(scope);
  for (const ingress of scope.of('networking.k8s.io/Ingress')) yield* byIngress(ingress, scope);
  for (const kind of routeKinds) for (const route of scope.of(kind)) yield* byRoute(route, scope);
  yield* byMonitors(scope);
}

/** Nobody can say what is behind a Service that selects nothing, or may select pods that nobody sees. */
function* byTargetPort({ object, workloads, unseen }: Selection): Iterable<MissingPort> {
  if (workloads.length === 0 || unseen !== undefined) return;
  for (const { path, target } of portsOf(object)) {
    if (typeof target !== 'string' || workloads.some((workload) => hasPort(workload, target))) continue;
    const there = [...new Set(workloads.flatMap(portNamesOf))];
    const of = workloads.map((workload) => describe(workload.object)).join(', ');
    yield { object, path: `${path}.targetPort`, port: target, of, there };
  }
}

function hasPort({ containers }: Workload, name: string): boolean {
  return containers.some(({ container }) => hasNamed(container, name));
}

function hasNamed(container: JsonObject, port: string): boolean {
  return listIn(container, 'ports').some((each) => textIn(each, 'name') === port);
}

function* byProbes(scope: CheckScope): Iterable<MissingPort> {
  for (const { object, containers } of workloadsOf(scope)) {
    for (const one of containers) {
      const { container } = one;
      for (const { body, path } of handlersOf(one)) {
        const port = textIn(body, 'port');
        if (port === undefined || hasNamed(container, port) || /^\d+$/.test(port)) continue;
        const there = listIn(container, 'ports').flatMap((each) => textIn(each, 'name') ?? []);
        const of = `the container ${textIn(container, 'name') ?? ''}`;
        yield { object, path: `${path}.port`, port, of, there };
      }
    }
  }
}

function* byHostNames({ cluster, find }: CheckScope): Iterable<MissingPort> {
  for (const { from, path, target } of cluster.references) {
    if (target.port === undefined) continue;
    const [object, service] = [find(from), find(idOf(target))];
    if (object && service) yield* useOf(object, path, target.port, service);
  }
}

/** A use of a Service's port, by name or number, where it has none such. */
function* useOf(
  object: EstateObject,
  path: string,
  port: string | number,
  service: EstateObject,
): Iterable<MissingPort> {
  if (isAlias(service) || (typeof port === 'number' && isHeadless(service))) return;
  const there = portsOf(service).flatMap((one) => (typeof port === 'number' ? one.port : one.name) ?? []);
  if (!there.includes(port)) yield { object, path, port, of: describe(service), there };
}

function* byIngress(object: EstateObject, scope: CheckScope): Iterable<MissingPort> {
  yield* byBackend(
    object,
    mapIn(object.body, 'spec', 'defaultBackend', 'service'),
    'spec.defaultBackend.service',
    scope,
  );
  for (const [at, rule] of listIn(object.body, 'spec', 'rules').entries()) {
    for (const [index, path] of listIn(rule, 'http', 'paths').entries()) {
      const place = `spec.rules[${at}].http.paths[${index}].backend.service`;
      yield* byBackend(object, mapIn(path, 'backend', 'service'), place, scope);
    }
  }
}

function* byBackend(
  object: EstateObject,
  backend: Json,
  path: string,
  scope: CheckScope,
): Iterable<MissingPort> {
  const service = serviceOf(scope, object.namespace, textIn(backend, 'name'));
  const [name, number] = [textIn(backend, 'port', 'name'), numberIn(backend, 'port', 'number')];
  if (service && name !== undefined) yield* useOf(object, `${path}.port.name`, name, service);
  if (service && number !== undefined) yield* useOf(object, `${path}.port.number`, number, service);
}

const routeKinds = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'].map(
  (kind) => `gateway.networking.k8s.io/${kind}`,
);

function* byRoute(object: EstateObject, scope: CheckScope): Iterable<MissingPort> {
  for (const [at, rule] of listIn(object.body, 'spec', 'rules').entries()) {
    for (const [index, backend] of listIn(rule, 'backendRefs').entries()) {
      if ((textIn(backend, 'kind') ?? 'Service') !== 'Service') continue;
      const service = serviceOf(
        scope,
        textIn(backend, 'namespace') ?? object.namespace,
        textIn(backend, 'name'),
      );
      const port = numberIn(backend, 'port');
      if (service && port !== undefined)
        yield* useOf(object, `spec.rules[${at}].backendRefs[${index}].port`, port, service);
    }
  }
}

function serviceOf(
  { find }: CheckScope,
  namespace: string | undefined,
  name: string | undefined,
): EstateObject | undefined {
  return name === undefined ? undefined : find(objectId('v1', 'Service', namespace, name));
}

function* byMonitors(scope: CheckScope): Iterable<MissingPort> {
  for (const { object, workloads, services, unseen } of selectionsOf(scope)) {
    const field = endpointFields[object.kind];
    const first = services[0] ?? workloads[0]?.object;
    if (field === undefined || first === undefined || unseen !== undefined) continue;
    const names = services.flatMap((service) => portsOf(service).flatMap(({ name }) => name ?? []));
    const there = [...names, ...workloads.flatMap(portNamesOf)];
    for (const [index, endpoint] of listIn(object.body, 'spec', field).entries()) {
      const port = textIn(endpoint, 'port');
      if (port !== undefined && !there.includes(port))
        yield { object, path: `spec.${field}[${index}].port`, port, of: describe(first), there };
    }
  }
}

/** Where monitors list what they read, by kind. */
const endpointFields: { readonly [kind: string]: string } = {
  ServiceMonitor: 'endpoints',
  PodMonitor: 'podMetricsEndpoints',
};
