import type { Json, JsonObject } from '../../../estate';
import { contains, readLegacyAddress, readLegacyRange } from '../../validate/addresses';
import { dns1035Label, dnsSubdomain, pathSegment } from '../../validate/names';
import { show, type Run } from '../../validate/violation';
import * as rule from '../field-rules';
import { asText, isEmpty, isSet, object, textOf } from '../field-rules';
import { checkType, type TypeRules } from '../type-rules';

/** A path that Ingress controllers can match by. */
function checkIngressPath(path: JsonObject, run: Run): void {
  checkResource(object(path['backend'])['resource'], run, 'backend');
  const { path: text, pathType } = path;
  const isFree = pathType === 'ImplementationSpecific';
  if (pathType === '') run.report('core', 'pathType is empty', 'write Prefix or Exact', 'pathType');
  if (typeof text !== 'string' || (isFree && text === '')) {
    if (!isFree && isEmpty(text) && !isEmpty(pathType))
      run.report('core', 'the path must start with /', 'write e.g. /', 'path');
    return;
  }
  if (!text.startsWith('/')) run.report('core', 'the path must start with /', 'write e.g. /', 'path');
  const odd = isFree
    ? undefined
    : (['//', '/./', '/../', '%2f', '%2F'].find((part) => text.includes(part)) ??
      ['/..', '/.'].find((part) => text.endsWith(part)));
  if (odd) run.report('core', `the path must not contain ${odd}`, 'write a plain path', 'path');
}

/** References to resources are one type in many places, of which Ingress alone looks at their parts. */
function checkResource(reference: Json | undefined, run: Run, ...path: readonly string[]): void {
  if (!isSet(reference)) return;
  run.path.push(...path, 'resource');
  const parts = object(reference);
  checkType({ required: ['kind', 'name'] }, parts, run);
  for (const [field, { problem, fix }] of Object.entries(referenceFields)) {
    const wrong =
      field === 'apiGroup' && parts[field] === ''
        ? 'is empty'
        : textOf(parts[field]) && problem(parts[field]!);
    if (wrong) run.report('core', `${show(parts[field])} ${wrong}`, fix, field);
  }
  run.path.length -= path.length + 1;
}

function checkIngress(ingress: JsonObject, run: Run): void {
  checkResource(object(ingress['defaultBackend'])['resource'], run, 'defaultBackend');
  if (!isSet(ingress['defaultBackend']) && isEmpty(ingress['rules']))
    run.report('core', 'an ingress has rules or a default backend', 'add rules', 'rules');
}

const tlsHost = rule.text(
  (name) => dnsSubdomain(name.startsWith('*.') ? name.slice(2) : name),
  'www.example.org',
);

const host = rule.text(
  (name) => (readLegacyAddress(name) ? 'must be a name, not an address' : tlsHost.problem(name)),
  'www.example.org',
);

const referenceFields: { readonly [field: string]: rule.FieldRule } = {
  apiGroup: rule.text(dnsSubdomain, 'example.org'),
  kind: rule.text(pathSegment, 'Bucket'),
  name: rule.text(pathSegment, 'files'),
};

function checkServicePort(port: JsonObject, run: Run): void {
  const set = ['name', 'number'].filter((field) => !isEmpty(port[field]) && port[field] !== 0);
  if (set.length !== 1) run.report('core', 'a port is a name or a number', 'write one of them', 'number');
}

function checkIpBlock(block: JsonObject, run: Run): void {
  const outer = readLegacyRange(asText(block['cidr']));
  const inner = Array.isArray(block['except']) ? (block['except'] as readonly Json[]) : [];
  inner.forEach((range, index) => {
    const parsed = readLegacyRange(asText(range));
    if (!parsed)
      run.report(
        'core',
        `${show(range)} is no range of addresses`,
        'write e.g. 10.1.0.0/16',
        'except',
        index,
      );
    else if (outer && (parsed.length <= outer.length || !contains(outer, parsed)))
      run.report(
        'core',
        `${show(range)} is not a part of ${show(block['cidr'])}`,
        'write a smaller range inside it',
        'except',
        index,
      );
  });
}

function checkPolicyPort(port: JsonObject, run: Run): void {
  const { endPort, port: first } = port;
  if (!isSet(endPort)) return;
  if (typeof first !== 'number')
    run.report('core', 'a range of ports starts with a number', 'write port as a number', 'endPort');
  else if (Number(endPort) < first)
    run.report('core', 'the range of ports ends before it starts', `write at least ${first}`, 'endPort');
}

function checkPeer(peer: JsonObject, run: Run): void {
  const hasSelector = isSet(peer['podSelector']) || isSet(peer['namespaceSelector']);
  if (!hasSelector && !isSet(peer['ipBlock']))
    run.report(
      'core',
      'a peer is selected by labels or by addresses',
      'add podSelector, namespaceSelector or ipBlock',
    );
  if (hasSelector && isSet(peer['ipBlock']))
    run.report('core', 'ipBlock excludes selectors', 'make it a peer of its own', 'ipBlock');
}

/** What leads traffic to services from outside, and what keeps it from pods. */
export const networkingTypes: { readonly [type: string]: TypeRules } = {
  'networking.v1.IngressSpec': {
    fields: { ingressClassName: rule.text(dnsSubdomain, 'nginx') },
    neverEmpty: ['ingressClassName'],
    check: checkIngress,
  },
  'networking.v1.IngressRule': { fields: { host } },
  'networking.v1.IngressTLS': {
    fields: { hosts: rule.each(tlsHost), secretName: rule.text(dnsSubdomain, 'my-cert') },
  },
  'networking.v1.HTTPIngressPath': {
    fields: { pathType: rule.values('Exact', 'Prefix', 'ImplementationSpecific') },
    check: checkIngressPath,
  },
  'networking.v1.IngressBackend': { exactlyOne: ['service', 'resource'] },
  'networking.v1.IngressServiceBackend': {
    required: ['port'],
    fields: { name: rule.text(dns1035Label, 'my-service') },
  },
  'networking.v1.ServiceBackendPort': {
    fields: { name: rule.portOrName, number: rule.range(0, 65_535) },
    check: checkServicePort,
  },
  'networking.v1.NetworkPolicyPort': {
    fields: { port: rule.portOrName, endPort: rule.port },
    neverEmpty: ['port', 'protocol'],
    check: checkPolicyPort,
  },
  'networking.v1.NetworkPolicyPeer': { check: checkPeer },
  'networking.v1.IPBlock': { fields: { cidr: rule.cidr }, check: checkIpBlock },
  'networking.v1.NetworkPolicySpec': {
    fields: { policyTypes: rule.both(rule.each(rule.values('Ingress', 'Egress')), rule.atMost(2)) },
    optional: ['podSelector'],
  },
};
