import type { JsonObject } from '../../../estate';
import { readLegacyAddress } from '../../validate/addresses';
import { dnsLabel, dnsSubdomain, labelValue, pathSegment, type TextCheck } from '../../validate/names';
import { show, type Run } from '../../validate/violation';
import * as rule from '../field-rules';
import { asText, duplicate, isEmpty, isSet, objects } from '../field-rules';
import type { TypeRules } from '../type-rules';
import { checkAmounts } from './environment';

const rbac = 'rbac.authorization.k8s.io';

function checkPolicyRule(policy: JsonObject, run: Run): void {
  const { nonResourceURLs, apiGroups, resources } = policy;
  if (!isEmpty(nonResourceURLs)) {
    if (!isEmpty(apiGroups) || !isEmpty(resources) || !isEmpty(policy['resourceNames']))
      run.report(
        'core',
        'a rule is about resources or about URLs',
        'make two rules of it',
        'nonResourceURLs',
      );
    return;
  }
  if (isEmpty(apiGroups))
    run.report('core', 'apiGroups is missing', "add the group, '' for core kinds", 'apiGroups');
  if (isEmpty(resources)) run.report('core', 'resources is missing', 'add e.g. [pods]', 'resources');
}

function checkSubject(subject: JsonObject, run: Run): void {
  const { kind, apiGroup, name } = subject;
  const wanted = kind === 'ServiceAccount' ? '' : rbac;
  if (isEmpty(kind)) return;
  if (!['ServiceAccount', 'User', 'Group'].includes(asText(kind))) {
    run.report('core', `${show(kind)} is no kind of subject`, 'write ServiceAccount, User or Group', 'kind');
    return;
  }
  if (!isEmpty(apiGroup) && apiGroup !== wanted)
    run.report(
      'core',
      `the group of ${show(kind)} is ${wanted || 'empty'}`,
      wanted ? `write ${wanted}` : 'remove it',
      'apiGroup',
    );
  if (kind === 'ServiceAccount') {
    const problem = typeof name === 'string' && name !== '' ? dnsSubdomain(name) : undefined;
    if (problem) run.report('core', `the name ${problem}`, 'write e.g. my-app', 'name');
  }
}

function checkRoleRef(reference: JsonObject, run: Run): void {
  const { apiGroup, kind } = reference;
  if (!isEmpty(apiGroup) && apiGroup !== rbac)
    run.report('core', `${show(apiGroup)} has no roles`, `write ${rbac}`, 'apiGroup');
  if (!isEmpty(kind) && kind !== 'Role' && kind !== 'ClusterRole')
    run.report('core', `${show(kind)} is no kind of role`, 'write Role or ClusterRole', 'kind');
}

function checkSubset(subset: JsonObject, run: Run): void {
  if (isEmpty(subset['addresses']) && isEmpty(subset['notReadyAddresses']))
    run.report('core', 'a subset has addresses', 'add addresses', 'addresses');
  const ports = objects(subset['ports']);
  const nameless = ports.length > 1 ? ports.findIndex(({ name }) => isEmpty(name)) : -1;
  if (nameless >= 0)
    run.report('core', 'a port among several has a name', 'add name', 'ports', nameless, 'name');
}

const addressChecks: { readonly [type: string]: TextCheck } = {
  IPv4: (text) => (readLegacyAddress(text)?.family === 4 ? undefined : 'must be an IPv4 address'),
  IPv6: (text) => (readLegacyAddress(text)?.family === 6 ? undefined : 'must be an IPv6 address'),
  FQDN: (text) => (text.includes('.') ? dnsSubdomain(text.replace(/\.$/, '')) : 'must be a full DNS name'),
};

function checkEndpointSlice(slice: JsonObject, run: Run): void {
  const twice = duplicate(objects(slice['ports']).map(({ name }) => asText(name)));
  if (twice) run.report('core', 'two ports have one name', 'give each its own', 'ports', twice.index, 'name');
  const check = addressChecks[asText(slice['addressType'])];
  if (!check) return;
  objects(slice['endpoints']).forEach(({ addresses }, index) => {
    const isName = slice['addressType'] === 'FQDN';
    const each = rule.text(
      (text) => check(text) ?? (isName ? undefined : rule.outerAddress.problem(text)),
      '',
    );
    const problem = rule.each(each).problem(addresses ?? null);
    if (problem)
      run.report(
        'core',
        `the list ${problem}`,
        'write addresses of the type that the slice has',
        'endpoints',
        index,
        'addresses',
      );
  });
}

function checkBudget(spec: JsonObject, run: Run): void {
  if (!isSet(spec['minAvailable']) || !isSet(spec['maxUnavailable'])) return;
  run.report(
    'core',
    'minAvailable and maxUnavailable exclude each other',
    'keep one of them',
    'maxUnavailable',
  );
}

const name = rule.text(dnsSubdomain, 'my-name');

const controller: TextCheck = (text) =>
  /^[^/]+\/[A-Za-z0-9/\-._~%!$&'()*+,;=:]+$/.test(text)
    ? dnsSubdomain(text.split('/')[0]!)
    : 'must be a domain and a path';

const signer: TextCheck = (text) =>
  /^[^/]+\.[^/]+\/[^/]+$/.test(text)
    ? (dnsSubdomain(text.split('/')[0]!) ?? dnsSubdomain(text.split('/')[1]!))
    : 'must be a full domain and a path';

const segment = rule.text(pathSegment, 'my-app');

/** Parameters are in a namespace, and then say in which, or they are not. */
function checkParameters({ scope, namespace, apiGroup }: JsonObject, run: Run): void {
  if (scope === 'Namespace' && isEmpty(namespace))
    run.report('core', 'namespace is missing', 'add it, or write scope: Cluster', 'namespace');
  if (scope !== 'Namespace' && isSet(namespace))
    run.report(
      'core',
      'namespace is not for the scope Cluster',
      'remove it, or write scope: Namespace',
      'namespace',
    );
  if (apiGroup === '') run.report('core', 'apiGroup is empty', 'remove it', 'apiGroup');
}

const strings = (allowed: readonly string[]): rule.FieldRule => rule.each(rule.values(...allowed));

/** All types of access, scaling, budgets, quotas and the like. */
export const otherTypes: { readonly [type: string]: TypeRules } = {
  'rbac.v1.PolicyRule': { check: checkPolicyRule },
  'rbac.v1.Subject': { check: checkSubject },
  'rbac.v1.RoleRef': { optional: ['apiGroup'], fields: { name: segment }, check: checkRoleRef },
  'policy.v1.PodDisruptionBudgetSpec': {
    fields: {
      minAvailable: rule.countOrPart,
      maxUnavailable: rule.countOrPart,
      unhealthyPodEvictionPolicy: rule.values('IfHealthyBudget', 'AlwaysAllow'),
    },
    neverEmpty: ['unhealthyPodEvictionPolicy', 'minAvailable', 'maxUnavailable'],
    check: checkBudget,
  },
  'discovery.v1.Endpoint': {
    neverEmpty: ['nodeName', 'hostname'],
    fields: { hostname: rule.text(dnsLabel, 'pod-0'), nodeName: name },
  },
  'discovery.v1.EndpointSlice': { optional: ['endpoints'], check: checkEndpointSlice },
  'discovery.v1.ForZone': { optional: ['name'], fields: { name: rule.text(labelValue, 'zone-a') } },
  'discovery.v1.ForNode': { required: ['name'], fields: { name } },
  'discovery.v1.EndpointPort': {
    neverEmpty: ['protocol'],
    fields: { name: rule.text(dnsLabel, 'http'), appProtocol: rule.key },
  },
  'core.v1.EndpointAddress': {
    fields: { ip: rule.outerAddress, hostname: rule.text(dnsLabel, 'pod-0'), nodeName: name },
  },
  'core.v1.EndpointPort': {
    fields: { port: rule.port, name: rule.text(dnsLabel, 'http'), appProtocol: rule.key },
  },
  'coordination.v1.LeaseSpec': {
    fields: { leaseDurationSeconds: rule.range(1, Infinity), leaseTransitions: rule.notNegative },
  },
  'networking.v1.ServiceCIDRSpec': { required: ['cidrs'], fields: { cidrs: rule.each(rule.cidr) } },
  'certificates.v1.CertificateSigningRequestSpec': {
    required: ['usages'],
    fields: {
      signerName: rule.text(signer, 'example.org/signer'),
      expirationSeconds: rule.range(600, Infinity),
      usages: rule.distinct,
    },
  },
  'networking.v1.IngressClassSpec': {
    required: ['controller'],
    fields: { controller: rule.text(controller, 'example.org/ingress') },
  },
  'networking.v1.IngressClassParametersReference': {
    neverEmpty: ['scope'],
    fields: {
      scope: rule.values('Cluster', 'Namespace'),
      kind: segment,
      name: segment,
      namespace: rule.text(dnsLabel, 'my-team'),
      apiGroup: name,
    },
    check: checkParameters,
  },
  'scheduling.v1.PriorityClass': {
    neverEmpty: ['preemptionPolicy'],
    optional: ['value'],
  },
  'storage.v1.CSIDriver': { optional: ['spec'] },
  'storage.v1.CSIDriverSpec': {
    fields: {
      volumeLifecycleModes: strings(['Persistent', 'Ephemeral']),
      nodeAllocatableUpdatePeriodSeconds: rule.range(10, Infinity),
      fsGroupPolicy: rule.values('ReadWriteOnceWithFSType', 'File', 'None'),
    },
    neverEmpty: ['fsGroupPolicy'],
    check: ({ tokenRequests }, run) => {
      const twice = duplicate(objects(tokenRequests).map(({ audience }) => asText(audience)));
      if (twice)
        run.report(
          'core',
          'two tokens are for one audience',
          'remove one',
          'tokenRequests',
          twice.index,
          'audience',
        );
    },
  },
  'rbac.v1.AggregationRule': { required: ['clusterRoleSelectors'] },
  'core.v1.EndpointSubset': { check: checkSubset },
  'core.v1.NodeSpec': { fields: { podCIDR: rule.cidr } },
  'node.v1.Overhead': { check: (overhead, run) => checkAmounts(overhead, 'podFixed', run) },
  'node.v1.Scheduling': { fields: { nodeSelector: rule.labels } },
  'apiextensions.v1.CustomResourceDefinitionVersion': { optional: ['served', 'storage'] },
  'apiregistration.v1.ServiceReference': { required: ['namespace', 'name'], fields: { port: rule.port } },
  'apiregistration.v1.APIServiceSpec': {
    fields: { groupPriorityMinimum: rule.range(1, 20_000), versionPriority: rule.range(1, 1000) },
  },
};
