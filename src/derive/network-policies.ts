import type { ClusterEstate, ClusterInfo, EstateObject, JsonObject } from '../estate';
import { annotationsOf, append, groupOf, isHelmRelease, kindOf, objectId, podTemplateOf } from '../estate';
import { behind } from '../units/health';
import { pruneAnnotation } from '../units/protect';
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
  /** What a workload is called in the names of its policies. */
  readonly called: (workload: EstateObject) => string;
  /** Services that an Ingress or a route leads to. */
  readonly routed: ReadonlySet<string | undefined>;
}

function viewOf({ info, objects, references }: ClusterEstate): View {
  const open = openersOf(objects);
  const workloads = byNamespace(objects.filter((object) => podTemplateOf(object)));
  return {
    info,
    closed: new Set([...workloads.keys()].filter((namespace) => !open.has(namespace))),
    workloads,
    services: byNamespace(objects.filter((object) => kindOf(object) === 'Service')),
    called: namesFor(workloads),
    routed: new Set(references.filter(({ from }) => route.test(from)).map(({ to }) => to)),
  };
}

/** A Deployment and a CronJob may have one name: both need policies of their own. */
function namesFor(workloads: View['workloads']): View['called'] {
  const names = new Map<string, string>();
  for (const inNamespace of workloads.values()) {
    const taken = new Set<string>();
    for (const { id, name, kind } of inNamespace.toSorted((left, right) => (left.id < right.id ? -1 : 1))) {
      names.set(id, taken.has(name) ? `${name}-${kind.toLowerCase()}` : name);
      taken.add(name);
    }
  }
  return ({ id, name }) => names.get(id) ?? name;
}

const route = /\/(Ingress|HTTPRoute|GRPCRoute|TCPRoute|TLSRoute|VirtualService)\//;

function byNamespace(objects: readonly EstateObject[]): Map<string, EstateObject[]> {
  const found = new Map<string, EstateObject[]>();
  for (const object of objects) append(found, object.namespace ?? '', object);
  return found;
}

/** What keeps a namespace open, by namespace: a chart or an operator may run pods there that nobody knows. */
export function openersOf(objects: readonly EstateObject[]): ReadonlyMap<string, readonly EstateObject[]> {
  return byNamespace(objects.filter(mayRunPods));
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
  const name = view.called(workload);
  const api = callsApiServer(workload) && hasNamedPods(workload);
  const egress = [dnsRule(info), ...(api ? [apiServerRule(info)] : [])];
  const outside = servicesOf(workload, view).flatMap((service) => outsidePorts(service, workload, view));
  const closing = { policyTypes: ['Ingress', 'Egress'], egress };
  const opening = { policyTypes: ['Ingress'], ingress: [{ ports: outside.map(portRule) }] };
  return [
    policy(workload, name, workload, closing),
    ...(outside.length > 0 ? [policy(workload, `${name}-from-outside`, workload, opening)] : []),
  ];
}

function connectionPolicies(connection: Connection, view: View): EstateObject[] {
  const { closed, workloads: all, called } = view;
  const { client, server, namespace, port } = connection;
  if (!hasNamedPods(client)) return [];
  const workloads =
    server && kindOf(server) === 'Service'
      ? behind(server, all.get(namespace) ?? []).filter((object) => podTemplateOf(object))
      : [];
  if (workloads.length === 0)
    return closed.has(client.namespace ?? '') ? [openNamespace(connection, called)] : [];
  return workloads.flatMap((workload) => {
    const same = workload.id === client.id;
    const ports = same ? ownPorts(workload) : targetPorts(server as EstateObject, workload, port);
    return bothEnds(client, workload, ports, view);
  });
}

/** A connection between two workloads: out of the one, into the other. */
function bothEnds(
  client: EstateObject,
  server: EstateObject,
  ports: readonly PolicyPort[],
  { closed, called }: View,
): EstateObject[] {
  const [from = '', to = ''] = [client.namespace, server.namespace];
  const out = {
    policyTypes: ['Egress'],
    egress: [{ to: [peer(server, client)], ports: ports.map(portRule) }],
  };
  const into = {
    policyTypes: ['Ingress'],
    ingress: [{ from: [peer(client, server)], ports: ports.map(portRule) }],
  };
  return [
    ...(closed.has(from)
      ? [policy(client, `${called(client)}-to-${to}-${called(server)}`, client, out)]
      : []),
    ...(closed.has(to)
      ? [policy(server, `${called(server)}-from-${from}-${called(client)}`, client, into)]
      : []),
  ];
}

/** The way to a Service whose pods nobody knows: its namespace, on its port. */
function openNamespace(
  { client, namespace, service, port }: Connection,
  called: View['called'],
): EstateObject {
  const to = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }];
  const ports = port === undefined ? {} : { ports: [portRule({ port, protocol: 'TCP' })] };
  return policy(client, `${called(client)}-to-${namespace}-${service}`, client, {
    policyTypes: ['Egress'],
    egress: [{ to, ...ports }],
  });
}

function policy(of: EstateObject, name: string, owner: EstateObject, spec: JsonObject): EstateObject {
  const [apiVersion, kind, namespace] = ['networking.k8s.io/v1', 'NetworkPolicy', of.namespace ?? ''];
  const body = {
    apiVersion,
    kind,
    metadata: { ...keptAs(owner), name, namespace },
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

/** Who moves a workload to another unit has said `keep`: its policies move with it. */
function keptAs({ body }: EstateObject): JsonObject {
  const kept = annotationsOf(body)[pruneAnnotation] === 'disabled';
  return kept ? { annotations: { [pruneAnnotation]: 'disabled' } } : {};
}

function podsOf(workload: EstateObject): JsonObject {
  const selector = (workload.body['spec'] as JsonObject | undefined)?.['selector'] as JsonObject | undefined;
  const labels = podTemplateOf(workload)?.labels ?? {};
  const isJob = kindOf(workload) === 'batch/Job' && Object.keys(labels).length === 0;
  return selector ?? { matchLabels: isJob ? { 'batch.kubernetes.io/job-name': workload.name } : labels };
}

/** Whether a policy can mean the pods of a workload alone: an empty selector means all of the namespace. */
export function hasNamedPods(workload: EstateObject): boolean {
  const { matchLabels = {}, matchExpressions } = podsOf(workload) as { readonly [key: string]: JsonObject };
  return Object.keys(matchLabels).length > 0 || matchExpressions !== undefined;
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
