import type { ClusterEstate, ClusterInfo, EstateObject, JsonObject } from '../estate';
import { append, groupOf, isHelmRelease, kindOf, objectId, podTemplateOf } from '../estate';
import { behind } from '../units/health';
import { type Connection, connectionsOf } from './connections';
import { ownPorts, type PolicyPort, targetPorts } from './ports';

/**
 * The policies that close a cluster's namespaces and open what is used. A namespace in which a chart or an
 * operator may run pods that nobody knows stays open. A connection is opened at both ends by the unit of the
 * client, so that it comes and goes with the line that says it.
 */
export function networkPolicies(cluster: ClusterEstate): EstateObject[] {
  const view = viewOf(cluster);
  const workloads = [...view.workloads.values()]
    .flat()
    .filter((object) => view.closed.has(object.namespace ?? ''));
  const policies = [
    ...workloads.flatMap((workload) => ownPolicies(workload, view)),
    ...connectionsOf(cluster).flatMap((connection) => connectionPolicies(connection, view)),
  ];
  return [...new Map(policies.map((policy) => [policy.id, policy])).values()];
}

/** A cluster, by what policies ask of it. */
interface View {
  readonly info: ClusterInfo;
  /** Namespaces whose every pod is in the estate. */
  readonly closed: ReadonlySet<string>;
  /** What runs pods, and the Services, by namespace. */
  readonly workloads: ReadonlyMap<string, readonly EstateObject[]>;
  readonly services: ReadonlyMap<string, readonly EstateObject[]>;
  /** Services that an Ingress or a route leads to. */
  readonly routed: ReadonlySet<string | undefined>;
}

function viewOf({ info, objects, references }: ClusterEstate): View {
  const open = new Set(objects.filter(mayRunPods).map((object) => object.namespace ?? ''));
  const workloads = byNamespace(objects.filter((object) => podTemplateOf(object)));
  return {
    info,
    closed: new Set([...workloads.keys()].filter((namespace) => !open.has(namespace))),
    workloads,
    services: byNamespace(objects.filter((object) => kindOf(object) === 'Service')),
    routed: new Set(references.filter(({ from }) => route.test(from)).map(({ to }) => to)),
  };
}

const route = /\/(Ingress|HTTPRoute|GRPCRoute|TCPRoute|TLSRoute|VirtualService)\//;

function byNamespace(objects: readonly EstateObject[]): Map<string, EstateObject[]> {
  const found = new Map<string, EstateObject[]>();
  for (const object of objects) append(found, object.namespace ?? '', object);
  return found;
}

function mayRunPods(object: EstateObject): boolean {
  if (isHelmRelease(object)) return true;
  const group = groupOf(object.apiVersion);
  return group.includes('.') && !group.endsWith('.k8s.io') && !podless.has(group);
}

/** Groups of custom resources that make no pods. */
const podless = new Set([
  'cert-manager.io',
  'external-secrets.io',
  'monitoring.coreos.com',
  'bitnami.com',
  'notification.toolkit.fluxcd.io',
  'jetstream.nats.io',
  'source.toolkit.fluxcd.io',
  'kustomize.toolkit.fluxcd.io',
]);

/**
 * What closes a workload, and what opens it to the outside: two policies, for an enforcer that judges both directions
 * by one chain (kube-router, so k3s) would let a pod out to its siblings through what opens them.
 */
function ownPolicies(workload: EstateObject, view: View): EstateObject[] {
  const { info } = view;
  const egress = [dnsRule(info), ...(callsApiServer(workload) ? [apiServerRule(info)] : [])];
  const outside = servicesOf(workload, view).flatMap((service) => outsidePorts(service, workload, view));
  const closing = { policyTypes: ['Ingress', 'Egress'], egress };
  const opening = { policyTypes: ['Ingress'], ingress: [{ ports: outside.map(portRule) }] };
  return [
    policy(workload, workload.name, workload, closing),
    ...(outside.length > 0 ? [policy(workload, `${workload.name}-from-outside`, workload, opening)] : []),
  ];
}

function connectionPolicies(connection: Connection, { closed, workloads: all }: View): EstateObject[] {
  const { client, server, namespace, port } = connection;
  const workloads =
    server && kindOf(server) === 'Service'
      ? behind(server, all.get(namespace) ?? []).filter((object) => podTemplateOf(object))
      : [];
  if (workloads.length === 0) return closed.has(client.namespace ?? '') ? [openNamespace(connection)] : [];
  return workloads.flatMap((workload) => {
    const same = workload.id === client.id;
    const ports = same ? ownPorts(workload) : targetPorts(server as EstateObject, workload, port);
    return bothEnds(client, workload, namespace, ports, closed);
  });
}

/** A connection between two workloads: out of the one, into the other. */
function bothEnds(
  client: EstateObject,
  server: EstateObject,
  namespace: string,
  ports: readonly PolicyPort[],
  closed: ReadonlySet<string>,
): EstateObject[] {
  const out = {
    policyTypes: ['Egress'],
    egress: [{ to: [peer(server, client)], ports: ports.map(portRule) }],
  };
  const into = {
    policyTypes: ['Ingress'],
    ingress: [{ from: [peer(client, server)], ports: ports.map(portRule) }],
  };
  return [
    ...(closed.has(client.namespace ?? '')
      ? [policy(client, `${client.name}-to-${namespace}-${server.name}`, client, out)]
      : []),
    ...(closed.has(namespace)
      ? [policy(server, `${server.name}-from-${client.namespace ?? ''}-${client.name}`, client, into)]
      : []),
  ];
}

/** The way to a Service whose pods nobody knows: its namespace, on its port. */
function openNamespace({ client, namespace, service, port }: Connection): EstateObject {
  const to = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }];
  const ports = port === undefined ? {} : { ports: [portRule({ port, protocol: 'TCP' })] };
  return policy(client, `${client.name}-to-${namespace}-${service}`, client, {
    policyTypes: ['Egress'],
    egress: [{ to, ...ports }],
  });
}

function policy(of: EstateObject, name: string, owner: EstateObject, spec: JsonObject): EstateObject {
  const [apiVersion, kind, namespace] = ['networking.k8s.io/v1', 'NetworkPolicy', of.namespace ?? ''];
  const body = {
    apiVersion,
    kind,
    metadata: { name, namespace },
    spec: { podSelector: podsOf(of), ...spec },
  };
  return {
    id: objectId(apiVersion, kind, namespace, name),
    apiVersion,
    kind,
    namespace,
    name,
    body,
    origin: owner.origin,
    chart: owner.chart,
  };
}

function podsOf(workload: EstateObject): JsonObject {
  const selector = (workload.body['spec'] as JsonObject | undefined)?.['selector'] as JsonObject | undefined;
  return selector ?? { matchLabels: podTemplateOf(workload)?.labels ?? {} };
}

function peer(workload: EstateObject, seenFrom: EstateObject): JsonObject {
  const podSelector = podsOf(workload);
  if (workload.namespace === seenFrom.namespace) return { podSelector };
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': workload.namespace ?? '' } },
    podSelector,
  };
}

function portRule({ port, protocol }: PolicyPort): JsonObject {
  return { port, protocol };
}

function dnsRule({ dns }: ClusterInfo): JsonObject {
  const namespaceSelector = { matchLabels: { 'kubernetes.io/metadata.name': dns.namespace } };
  const pods = { namespaceSelector, podSelector: { matchLabels: dns.podLabels } };
  const blocks = dns.cidrs.map((cidr) => ({ ipBlock: { cidr } }));
  return { to: [pods, ...blocks], ports: ['UDP', 'TCP'].map((protocol) => ({ port: 53, protocol })) };
}

function apiServerRule({ apiServer }: ClusterInfo): JsonObject {
  return {
    to: apiServer.cidrs.map((cidr) => ({ ipBlock: { cidr } })),
    ports: [{ port: apiServer.port, protocol: 'TCP' }],
  };
}

function callsApiServer(workload: EstateObject): boolean {
  const spec = podTemplateOf(workload)?.spec;
  return typeof spec?.['serviceAccountName'] === 'string' && spec['automountServiceAccountToken'] !== false;
}

function servicesOf(workload: EstateObject, { services }: View): EstateObject[] {
  const near = services.get(workload.namespace ?? '') ?? [];
  return near.filter((service) => behind(service, [workload]).includes(workload));
}

/** The ports of a workload that are opened to the outside: by the type of its Service, an Ingress or a route. */
function outsidePorts(service: EstateObject, workload: EstateObject, { routed }: View): PolicyPort[] {
  const type = (service.body['spec'] as JsonObject | undefined)?.['type'];
  const open = type === 'LoadBalancer' || type === 'NodePort' || routed.has(service.id);
  return open ? targetPorts(service, workload, undefined) : [];
}
