import type { Json, JsonObject } from '../../../estate';
import { readLegacyAddress } from '../../validate/addresses';
import { dnsLabel, dnsSubdomain, labelKey } from '../../validate/names';
import { show, type Run } from '../../validate/violation';
import * as rule from '../field-rules';
import { asText, duplicate, isEmpty, objects, textOf } from '../field-rules';
import { type TypeRules } from '../type-rules';

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
  if (ports.length === 0 && type !== 'ExternalName' && !isHeadless)
    run.report('core', 'a service has at least one port', 'add ports', 'ports');
  if (ports.length > 1) {
    ports.forEach((port, index) => {
      if (isEmpty(port['name']))
        run.report('core', 'a port among several has a name', 'add name', 'ports', index, 'name');
    });
  }
  const names = duplicate(ports.map((port) => textOf(port['name'])));
  if (names)
    run.report(
      'core',
      `two ports have the name ${names.key}`,
      'give each its own name',
      'ports',
      names.index,
      'name',
    );
  const numbers = duplicate(
    ports.map((port) => `${textOf(port['protocol']) ?? 'TCP'} ${show(port['port'])}`),
  );
  if (numbers)
    run.report('core', `two ports are ${numbers.key}`, 'remove one of them', 'ports', numbers.index);
  checkNodePorts(ports, type, run);
}

function checkNodePorts(ports: readonly JsonObject[], type: string, run: Run): void {
  const used = ports.map((port) =>
    isNumber(port['nodePort']) ? `${textOf(port['protocol']) ?? 'TCP'} ${show(port['nodePort'])}` : undefined,
  );
  const twice = duplicate(used);
  if (twice)
    run.report(
      'core',
      `two ports have the node port ${twice.key}`,
      'take another one',
      'ports',
      twice.index,
      'nodePort',
    );
  const hasNodePorts = type === 'NodePort' || type === 'LoadBalancer';
  ports.forEach((port, index) => {
    if (hasNodePorts) checkNodePortRange(port, index, run);
    else if (type === 'ClusterIP' && isNumber(port['nodePort']))
      run.report('core', `a ${type} service has no node ports`, 'remove it', 'ports', index, 'nodePort');
  });
}

/** A dry run assigns no ports, so it does not see this. */
function checkNodePortRange({ nodePort }: JsonObject, index: number, run: Run): void {
  if (typeof nodePort !== 'number' || nodePort === 0 || (nodePort >= 30_000 && nodePort <= 32_767)) return;
  run.report(
    'setting',
    `${nodePort} is no node port of most clusters`,
    'write a number from 30000 to 32767',
    'ports',
    index,
    'nodePort',
  );
}

function isNumber(value: Json | undefined): boolean {
  return typeof value === 'number' && value !== 0;
}

function checkExternalName(service: JsonObject, run: Run): void {
  const name = asText(service['externalName']).replace(/\.$/, '');
  const problem = name === '' ? 'is missing' : dnsSubdomain(name);
  if (problem) run.report('core', `the externalName ${problem}`, 'write e.g. db.example.org', 'externalName');
  for (const field of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy']) {
    if (!isEmpty(service[field]))
      run.report('core', `an ExternalName service has no ${field}`, 'remove it', field);
  }
}

function checkAddresses(service: JsonObject, run: Run): void {
  const { clusterIP, clusterIPs } = service;
  const listed = Array.isArray(clusterIPs) ? (clusterIPs as readonly Json[]) : [];
  const all = isEmpty(clusterIP) ? listed : [clusterIP, ...listed];
  const wrong = all.find((address) => address !== 'None' && !familyOf(address ?? null));
  if (wrong !== undefined)
    run.report(
      'core',
      `${show(wrong)} is no address`,
      'write None or remove it',
      isEmpty(clusterIP) ? 'clusterIPs' : 'clusterIP',
    );
  if (listed.length > 0 && (listed[0] ?? '') !== (clusterIP ?? ''))
    run.report('core', 'the first of clusterIPs is not clusterIP', 'write the same for both', 'clusterIPs');
  const families = listed.map(familyOf);
  if (listed.length > 1 && (listed.includes('None') || new Set(families).size < listed.length))
    run.report('core', 'there is one address of each family, or None alone', 'remove one', 'clusterIPs');
  const isHeadless = clusterIP === 'None';
  const type = textOf(service['type']);
  if (isHeadless && (type === 'NodePort' || type === 'LoadBalancer'))
    run.report('core', `a ${type} service has an address`, 'remove clusterIP: None', 'clusterIP');
}

function familyOf(value: Json): 4 | 6 | undefined {
  return typeof value === 'string' ? readLegacyAddress(value)?.family : undefined;
}

function checkRanges(service: JsonObject, run: Run): void {
  const ranges = service['loadBalancerSourceRanges'];
  if (!Array.isArray(ranges)) return;
  const wrong = (ranges as readonly Json[]).find((range) =>
    rule.cidr.problem(typeof range === 'string' ? range.trim() : ''),
  );
  if (wrong !== undefined)
    run.report(
      'core',
      `${show(wrong)} is no range of addresses`,
      'write e.g. 10.0.0.0/8',
      'loadBalancerSourceRanges',
    );
}

const policies: readonly { readonly field: string; readonly types: readonly string[] }[] = [
  { field: 'allocateLoadBalancerNodePorts', types: ['LoadBalancer'] },
  { field: 'loadBalancerClass', types: ['LoadBalancer'] },
  { field: 'loadBalancerSourceRanges', types: ['LoadBalancer'] },
  { field: 'externalTrafficPolicy', types: ['LoadBalancer', 'NodePort'] },
];

function checkForeignFields(service: JsonObject, type: string, run: Run): void {
  for (const { field, types } of policies) {
    const isExternal =
      field === 'externalTrafficPolicy' && type === 'ClusterIP' && !isEmpty(service['externalIPs']);
    if (isEmpty(service[field]) || types.includes(type) || isExternal) continue;
    run.report(
      'core',
      `${field} is not for a ${type} service`,
      `remove it, or write type: ${types.join(' or ')}`,
      field,
    );
  }
  const isLocal = service['externalTrafficPolicy'] === 'Local' && type === 'LoadBalancer';
  if (isNumber(service['healthCheckNodePort']) && !isLocal) {
    run.report(
      'core',
      'healthCheckNodePort is for load balancers with local traffic',
      'remove it',
      'healthCheckNodePort',
    );
  }
}

const appProtocol = rule.text(labelKey, 'http');

/** Zero stands for the port of the service. */
const targetPort: rule.FieldRule = {
  ...rule.portOrName,
  problem: (value) => (value === 0 ? undefined : rule.portOrName.problem(value)),
};

/** What leads traffic to pods. */
export const serviceTypes: { readonly [type: string]: TypeRules } = {
  'core.v1.ServiceSpec': {
    fields: {
      selector: rule.labels,
      externalIPs: rule.each(rule.outerAddress),
      ipFamilies: rule.both(rule.each(rule.values('IPv4', 'IPv6')), rule.distinct),
      healthCheckNodePort: rule.range(0, 65_535),
      loadBalancerClass: rule.key,
      trafficDistribution: rule.values('PreferClose', 'PreferSameZone', 'PreferSameNode'),
    },
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
};
