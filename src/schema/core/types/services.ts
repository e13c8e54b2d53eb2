import type { Json, JsonObject } from '../../../estate';
import { isIPv4, isIPv6 } from '../../validate/formats';
import { dns1035Label, dnsLabel, dnsSubdomain, labelKey, pathSegment } from '../../validate/names';
import type { Run } from '../../validate/violation';
import * as rule from '../field-rules';
import { duplicate, isEmpty, isSet, object, objects, textOf } from '../field-rules';
import { checkType, type TypeRules } from '../type-rules';

function checkService(service: JsonObject, run: Run): void {
  const type = textOf(service['type']) ?? 'ClusterIP';
  checkPortList(service, type, run);
  if (type === 'ExternalName') checkExternalName(service, run);
  else checkAddresses(service, run);
  if (type === 'LoadBalancer') checkRanges(service, run);
  checkForeignFields(service, type, run);
}

function checkPortList(service: JsonObject, type: string, run: Run): void {
  const ports = objects(service['ports']);
  const isHeadless = service['clusterIP'] === 'None';
  if (ports.length === 0 && type !== 'ExternalName' && !isHeadless) run.report('core', 'a service has at least one port', 'add ports', 'ports');
  if (ports.length > 1) {
    ports.forEach((port, index) => {
      if (isEmpty(port['name'])) run.report('core', 'a port among several has a name', 'add name', 'ports', index, 'name');
    });
  }
  const names = duplicate(ports.map((port) => textOf(port['name'])));
  if (names) run.report('core', `two ports have the name ${names.key}`, 'give each its own name', 'ports', names.index, 'name');
  const numbers = duplicate(ports.map((port) => `${textOf(port['protocol']) ?? 'TCP'} ${String(port['port'])}`));
  if (numbers) run.report('core', `two ports are ${numbers.key}`, 'remove one of them', 'ports', numbers.index);
  checkNodePorts(ports, type, run);
}

function checkNodePorts(ports: readonly JsonObject[], type: string, run: Run): void {
  const used = ports.map((port) => (isNumber(port['nodePort']) ? `${textOf(port['protocol']) ?? 'TCP'} ${String(port['nodePort'])}` : undefined));
  const twice = duplicate(used);
  if (twice) run.report('core', `two ports have the node port ${twice.key}`, 'take another one', 'ports', twice.index, 'nodePort');
  const hasNodePorts = type === 'NodePort' || type === 'LoadBalancer';
  ports.forEach((port, index) => {
    if (hasNodePorts) checkNodePortRange(port, index, run);
    else if (isNumber(port['nodePort'])) run.report('core', `a ${type} service has no node ports`, 'remove it', 'ports', index, 'nodePort');
  });
}

/** A dry run assigns no ports, so it does not see this. */
function checkNodePortRange({ nodePort }: JsonObject, index: number, run: Run): void {
  if (typeof nodePort !== 'number' || nodePort === 0 || (nodePort >= 30_000 && nodePort <= 32_767)) return;
  run.report('allocation', `${nodePort} is no node port of most clusters`, 'write a number from 30000 to 32767', 'ports', index, 'nodePort');
}

function isNumber(value: Json | undefined): boolean {
  return typeof value === 'number' && value !== 0;
}

function checkExternalName(service: JsonObject, run: Run): void {
  const name = String(service['externalName'] ?? '').replace(/\.$/, '');
  const problem = name === '' ? 'is missing' : dnsSubdomain(name);
  if (problem) run.report('core', `the externalName ${problem}`, 'write e.g. db.example.org', 'externalName');
  for (const field of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy']) {
    if (!isEmpty(service[field])) run.report('core', `an ExternalName service has no ${field}`, 'remove it', field);
  }
}

function checkAddresses(service: JsonObject, run: Run): void {
  const { clusterIP, clusterIPs } = service;
  const listed = Array.isArray(clusterIPs) ? (clusterIPs as readonly Json[]) : [];
  const all = isEmpty(clusterIP) ? listed : [clusterIP, ...listed];
  const wrong = all.find((address) => address !== 'None' && !isAddress(address ?? null));
  if (wrong !== undefined) run.report('core', `${String(wrong)} is no address`, 'write None or remove it', isEmpty(clusterIP) ? 'clusterIPs' : 'clusterIP');
  if (listed.length > 0 && (listed[0] ?? '') !== (clusterIP ?? '')) run.report('core', 'the first of clusterIPs is not clusterIP', 'write the same for both', 'clusterIPs');
  const isHeadless = clusterIP === 'None';
  const type = textOf(service['type']);
  if (isHeadless && (type === 'NodePort' || type === 'LoadBalancer')) run.report('core', `a ${type} service has an address`, 'remove clusterIP: None', 'clusterIP');
}

function isAddress(value: Json): boolean {
  return typeof value === 'string' && (isIPv4(value) || isIPv6(value));
}

function checkRanges(service: JsonObject, run: Run): void {
  const ranges = service['loadBalancerSourceRanges'];
  if (!Array.isArray(ranges)) return;
  const wrong = (ranges as readonly Json[]).find((range) => rule.cidr.problem(typeof range === 'string' ? range.trim() : ''));
  if (wrong !== undefined) run.report('core', `${String(wrong)} is no range of addresses`, 'write e.g. 10.0.0.0/8', 'loadBalancerSourceRanges');
}

const policies: readonly { readonly field: string; readonly types: readonly string[] }[] = [
  { field: 'allocateLoadBalancerNodePorts', types: ['LoadBalancer'] },
  { field: 'loadBalancerClass', types: ['LoadBalancer'] },
  { field: 'loadBalancerSourceRanges', types: ['LoadBalancer'] },
  { field: 'externalTrafficPolicy', types: ['LoadBalancer', 'NodePort'] },
];

function checkForeignFields(service: JsonObject, type: string, run: Run): void {
  for (const { field, types } of policies) {
    const isExternal = field === 'externalTrafficPolicy' && type === 'ClusterIP' && !isEmpty(service['externalIPs']);
    if (isEmpty(service[field]) || types.includes(type) || isExternal) continue;
    run.report('core', `${field} is not for a ${type} service`, `remove it, or write type: ${types.join(' or ')}`, field);
  }
  const isLocal = service['externalTrafficPolicy'] === 'Local' && type === 'LoadBalancer';
  if (isNumber(service['healthCheckNodePort']) && !isLocal) {
    run.report('core', 'healthCheckNodePort is for load balancers with local traffic', 'remove it', 'healthCheckNodePort');
  }
}

const appProtocol = rule.text(labelKey, 'http');

/** Zero stands for the port of the service. */
const targetPort: rule.FieldRule = { ...rule.portOrName, problem: (value) => (value === 0 ? undefined : rule.portOrName.problem(value)) };

/** A path that Ingress controllers can match by. */
function checkIngressPath(path: JsonObject, run: Run): void {
  checkResource(object(path['backend'])['resource'], run, 'backend');
  const { path: text, pathType } = path;
  const isFree = pathType === 'ImplementationSpecific';
  if (pathType === '') run.report('core', 'pathType is empty', 'write Prefix or Exact', 'pathType');
  if (typeof text !== 'string' || (isFree && text === '')) {
    if (!isFree && isEmpty(text) && !isEmpty(pathType)) run.report('core', 'the path must start with /', 'write e.g. /', 'path');
    return;
  }
  if (!text.startsWith('/')) run.report('core', 'the path must start with /', 'write e.g. /', 'path');
  const odd = isFree ? undefined : ['//', '/./', '/../', '%2f', '%2F'].find((part) => text.includes(part)) ?? ['/..', '/.'].find((part) => text.endsWith(part));
  if (odd) run.report('core', `the path must not contain ${odd}`, 'write a plain path', 'path');
}

/** References to resources are one type in many places, of which Ingress alone looks at their parts. */
function checkResource(reference: Json | undefined, run: Run, ...path: readonly string[]): void {
  if (!isSet(reference)) return;
  run.path.push(...path, 'resource');
  checkType(localReference, object(reference), run);
  run.path.length -= path.length + 1;
}

function checkIngress(ingress: JsonObject, run: Run): void {
  checkResource(object(ingress['defaultBackend'])['resource'], run, 'defaultBackend');
  if (!isSet(ingress['defaultBackend']) && isEmpty(ingress['rules'])) run.report('core', 'an ingress has rules or a default backend', 'add rules', 'rules');
}

const tlsHost = rule.text((name) => dnsSubdomain(name.startsWith('*.') ? name.slice(2) : name), 'www.example.org');

const host = rule.text((name) => (isIPv4(name) || isIPv6(name) ? 'must be a name, not an address' : tlsHost.problem(name)), 'www.example.org');

const localReference: TypeRules = { required: ['kind', 'name'], fields: { apiGroup: rule.text(dnsSubdomain, 'example.org'), kind: rule.text(pathSegment, 'Bucket'), name: rule.text(pathSegment, 'files') } };

function checkServicePort(port: JsonObject, run: Run): void {
  const set = ['name', 'number'].filter((field) => !isEmpty(port[field]) && port[field] !== 0);
  if (set.length !== 1) run.report('core', 'a port is a name or a number', 'write one of them', 'number');
}

function checkIpBlock(block: JsonObject, run: Run): void {
  const outer = networkOf(block['cidr']);
  const inner = Array.isArray(block['except']) ? (block['except'] as readonly Json[]) : [];
  inner.forEach((range, index) => {
    const parsed = networkOf(range);
    if (!parsed) run.report('core', `${String(range)} is no range of addresses`, 'write e.g. 10.1.0.0/16', 'except', index);
    else if (outer && !isInside(parsed, outer)) run.report('core', `${String(range)} is not a part of ${String(block['cidr'])}`, 'write a smaller range inside it', 'except', index);
  });
}

interface Network {
  readonly octets: readonly number[] | undefined;
  readonly length: number;
}

function networkOf(range: Json | undefined): Network | undefined {
  if (typeof range !== 'string' || rule.cidr.problem(range)) return undefined;
  const [address = '', length] = range.split('/');
  return { octets: isIPv4(address) ? address.split('.').map(Number) : undefined, length: Number(length) };
}

/** Only the ranges of IPv4 are compared in full. */
function isInside(inner: Network, outer: Network): boolean {
  if (inner.length <= outer.length) return false;
  if (!inner.octets || !outer.octets) return inner.octets === outer.octets;
  const bits = (octets: readonly number[]): number => octets.reduce((sum, octet) => sum * 256 + octet, 0);
  const size = 2 ** (32 - outer.length);
  return Math.floor(bits(inner.octets) / size) === Math.floor(bits(outer.octets) / size);
}

function checkPolicyPort(port: JsonObject, run: Run): void {
  const { endPort, port: first } = port;
  if (!isSet(endPort)) return;
  if (typeof first !== 'number') run.report('core', 'a range of ports starts with a number', 'write port as a number', 'endPort');
  else if (Number(endPort) < first) run.report('core', 'the range of ports ends before it starts', `write at least ${first}`, 'endPort');
}

function checkPeer(peer: JsonObject, run: Run): void {
  const hasSelector = isSet(peer['podSelector']) || isSet(peer['namespaceSelector']);
  if (!hasSelector && !isSet(peer['ipBlock'])) run.report('core', 'a peer is selected by labels or by addresses', 'add podSelector, namespaceSelector or ipBlock');
  if (hasSelector && isSet(peer['ipBlock'])) run.report('core', 'ipBlock excludes selectors', 'make it a peer of its own', 'ipBlock');
}

/** What leads traffic to pods, and what stops it. */
export const serviceTypes: { readonly [type: string]: TypeRules } = {
  'core.v1.ServiceSpec': {
    fields: { selector: rule.labels, externalIPs: rule.each(rule.ipAddress), loadBalancerClass: rule.key, trafficDistribution: rule.values('PreferClose', 'PreferSameZone', 'PreferSameNode') },
    neverEmpty: ['internalTrafficPolicy', 'ipFamilyPolicy', 'loadBalancerClass', 'trafficDistribution'],
    check: checkService,
  },
  'core.v1.ServicePort': {
    fields: { port: rule.port, targetPort, name: rule.text(dnsLabel, 'http'), appProtocol },
    neverEmpty: ['appProtocol'],
    check: (port, run) => {
      if (port['port'] === 0) run.report('core', 'port is missing', 'write a number from 1 to 65535', 'port');
    },
  },
  'core.v1.ClientIPConfig': { fields: { timeoutSeconds: rule.range(1, 86_400) } },
  'networking.v1.IngressSpec': { fields: { ingressClassName: rule.text(dnsSubdomain, 'nginx') }, neverEmpty: ['ingressClassName'], check: checkIngress },
  'networking.v1.IngressRule': { fields: { host } },
  'networking.v1.IngressTLS': { fields: { hosts: rule.each(tlsHost), secretName: rule.text(dnsSubdomain, 'my-cert') } },
  'networking.v1.HTTPIngressPath': { fields: { pathType: rule.values('Exact', 'Prefix', 'ImplementationSpecific') }, check: checkIngressPath },
  'networking.v1.IngressBackend': { exactlyOne: ['service', 'resource'] },
  'networking.v1.IngressServiceBackend': { required: ['port'], fields: { name: rule.text(dns1035Label, 'my-service') } },
  'networking.v1.ServiceBackendPort': { fields: { name: rule.portOrName, number: rule.range(0, 65_535) }, check: checkServicePort },
  'networking.v1.NetworkPolicyPort': { fields: { port: rule.portOrName, endPort: rule.port }, neverEmpty: ['port'], check: checkPolicyPort },
  'networking.v1.NetworkPolicyPeer': { check: checkPeer },
  'networking.v1.IPBlock': { fields: { cidr: rule.cidr }, check: checkIpBlock },
  'networking.v1.NetworkPolicySpec': { fields: { policyTypes: rule.both(rule.each(rule.values('Ingress', 'Egress')), rule.atMost(2)) }, optional: ['podSelector'] },
};
