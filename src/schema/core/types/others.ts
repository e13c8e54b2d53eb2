import type { JsonObject } from '../../../estate';
import { isIPv4, isIPv6 } from '../../validate/formats';
import { dnsLabel, dnsSubdomain, labelKey, pathSegment, type TextCheck } from '../../validate/names';
import { show, type Run, type ViolationRule } from '../../validate/violation';
import * as rule from '../field-rules';
import { asText, isEmpty, isSet, object, objects, textOf } from '../field-rules';
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

function checkAutoscaler(spec: JsonObject, run: Run): void {
  checkScaleTarget(spec, run);
  if (spec['minReplicas'] === 0) checkScaleToZero(spec, run);
  const { minReplicas, maxReplicas } = spec;
  if (typeof maxReplicas !== 'number') return;
  if (maxReplicas < 1)
    run.report('core', 'maxReplicas must be more than zero', 'write at least 1', 'maxReplicas');
  else if (typeof minReplicas === 'number' && minReplicas > maxReplicas)
    run.report('core', 'minReplicas is above maxReplicas', 'lower it, or raise maxReplicas', 'minReplicas');
}

/** Pods that are not there measure nothing, so that something else has to wake them. */
function checkScaleToZero(spec: JsonObject, run: Run): void {
  const wakes = objects(spec['metrics']).some(({ type }) => type === 'Object' || type === 'External');
  const report = (rule: ViolationRule, message: string, fix: string): void =>
    run.report(rule, message, fix, 'minReplicas');
  if (wakes) report('setting', '0 replicas are a feature that the server may not have', 'write at least 1');
  else report('core', '0 replicas need a metric of type Object or External', 'write at least 1, or add one');
}

const metricFields: { readonly [type: string]: string } = {
  Resource: 'resource',
  Pods: 'pods',
  External: 'external',
  Object: 'object',
  ContainerResource: 'containerResource',
};

function checkMetric(metric: JsonObject, run: Run): void {
  const type = textOf(metric['type']);
  const field = metricFields[type ?? ''];
  if (type && !field)
    run.report(
      'core',
      `${type} is no type of metric`,
      `write one of: ${Object.keys(metricFields).join(', ')}`,
      'type',
    );
  if (field && !isSet(metric[field]))
    run.report('core', `a metric of type ${type!} has ${field}`, `add ${field}`, field);
  for (const other of Object.values(metricFields)) {
    if (field && other !== field && isSet(metric[other]))
      run.report('core', `a metric of type ${type!} has no ${other}`, 'remove it', other);
  }
}

/** Which fields of a target say how much, by the source that it belongs to. */
function checkTarget(
  allowed: readonly string[],
  foreign: readonly string[] = [],
): (source: JsonObject, run: Run) => void {
  const field = 'target';
  return (source, run) => {
    const target = object(source[field]);
    if (!isSet(source[field])) return;
    const set = allowed.filter((name) => isSet(target[name]));
    if (set.length === 0)
      run.report('core', 'the target says no amount', `add ${allowed.join(' or ')}`, field);
    if (set.length > 1 && !allowed.includes('value'))
      run.report('core', `${set.join(' and ')} exclude each other`, 'keep one of them', field, set[1]!);
    for (const name of foreign)
      if (isSet(target[name]))
        run.report('core', `${name} is not for this kind of metric`, 'remove it', field, name);
  };
}

function checkScaleTarget(spec: JsonObject, run: Run): void {
  const { apiVersion, kind } = object(spec['scaleTargetRef']);
  if (/^[^/]+\/[^/]+$/.test(asText(apiVersion)) || kind === 'ReplicationController' || isEmpty(kind)) return;
  run.report(
    'core',
    `${show(apiVersion ?? 'no apiVersion')} names no API group`,
    'write e.g. apps/v1',
    'scaleTargetRef',
    'apiVersion',
  );
}

function checkSubset(subset: JsonObject, run: Run): void {
  if (isEmpty(subset['addresses']) && isEmpty(subset['notReadyAddresses']))
    run.report('core', 'a subset has addresses', 'add addresses', 'addresses');
}

const addressChecks: { readonly [type: string]: TextCheck } = {
  IPv4: (text) => (isIPv4(text) ? undefined : 'must be an IPv4 address'),
  IPv6: (text) => (isIPv6(text) ? undefined : 'must be an IPv6 address'),
  FQDN: (text) => (text.includes('.') ? dnsSubdomain(text.replace(/\.$/, '')) : 'must be a full DNS name'),
};

function checkEndpointSlice(slice: JsonObject, run: Run): void {
  const check = addressChecks[asText(slice['addressType'])];
  if (!check) return;
  objects(slice['endpoints']).forEach(({ addresses }, index) => {
    const problem = rule.each(rule.text(check, '')).problem(addresses ?? null);
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

const resourceName: TextCheck = (resource) => {
  if (/^(?:cpu|memory|ephemeral-storage|storage)$/.test(resource)) return undefined;
  return resource.includes('/') ? labelKey(resource) : 'must be cpu, memory, or e.g. example.org/gpu';
};

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

const segment = rule.text(pathSegment, 'my-app');

const strings = (allowed: readonly string[]): rule.FieldRule => rule.each(rule.values(...allowed));

/** All types of access, scaling, budgets, quotas and the like. */
export const otherTypes: { readonly [type: string]: TypeRules } = {
  'rbac.v1.PolicyRule': { check: checkPolicyRule },
  'rbac.v1.Subject': { check: checkSubject },
  'rbac.v1.RoleRef': { optional: ['apiGroup'], fields: { name: segment }, check: checkRoleRef },
  'autoscaling.v1.HorizontalPodAutoscalerSpec': {
    fields: { minReplicas: rule.notNegative, targetCPUUtilizationPercentage: rule.range(1, Infinity) },
    check: checkAutoscaler,
  },
  'autoscaling.v2.HorizontalPodAutoscalerSpec': {
    fields: { minReplicas: rule.notNegative },
    check: checkAutoscaler,
  },
  'autoscaling.v1.CrossVersionObjectReference': { fields: { kind: segment, name: segment } },
  'autoscaling.v2.CrossVersionObjectReference': { fields: { kind: segment, name: segment } },
  'autoscaling.v2.MetricSpec': { check: checkMetric },
  'autoscaling.v2.MetricIdentifier': { loose: ['selector'], fields: { name: segment } },
  'autoscaling.v2.MetricTarget': {
    fields: {
      type: rule.values('Utilization', 'Value', 'AverageValue'),
      averageUtilization: rule.range(1, Infinity),
      averageValue: rule.positiveAmount,
      value: rule.positiveAmount,
    },
  },
  'autoscaling.v2.ResourceMetricSource': { check: checkTarget(['averageUtilization', 'averageValue']) },
  'autoscaling.v2.ContainerResourceMetricSource': {
    fields: { container: rule.text(dnsLabel, 'main'), name: rule.text(resourceName, 'cpu') },
    check: checkTarget(['averageUtilization', 'averageValue']),
  },
  'autoscaling.v2.PodsMetricSource': { check: checkTarget(['averageValue']) },
  'autoscaling.v2.ObjectMetricSource': { check: checkTarget(['value', 'averageValue']) },
  'autoscaling.v2.ExternalMetricSource': { check: checkTarget(['value', 'averageValue']) },
  'autoscaling.v2.HPAScalingRules': {
    fields: {
      stabilizationWindowSeconds: rule.range(0, 3600),
      selectPolicy: rule.values('Max', 'Min', 'Disabled'),
    },
    neverEmpty: ['selectPolicy'],
    check: ({ policies }, run) => {
      if (Array.isArray(policies) && policies.length === 0)
        run.report('core', 'there is no policy', 'add one, or remove policies', 'policies');
    },
  },
  'autoscaling.v2.HPAScalingPolicy': {
    fields: {
      type: rule.values('Pods', 'Percent'),
      value: rule.range(1, Infinity),
      periodSeconds: rule.range(1, 1800),
    },
  },
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
  'discovery.v1.EndpointPort': {
    neverEmpty: ['protocol'],
    fields: { name: rule.text(dnsLabel, 'http') },
  },
  'core.v1.EndpointAddress': { fields: { ip: rule.ipAddress, hostname: rule.text(dnsLabel, 'pod-0') } },
  'core.v1.EndpointPort': { fields: { port: rule.port, name: rule.text(dnsLabel, 'http') } },
  'coordination.v1.LeaseSpec': {
    fields: { leaseDurationSeconds: rule.range(1, Infinity), leaseTransitions: rule.notNegative },
  },
  'networking.v1.IngressClassSpec': {
    required: ['controller'],
    fields: { controller: rule.text(controller, 'example.org/ingress') },
  },
  'networking.v1.IngressClassParametersReference': {
    neverEmpty: ['scope'],
    fields: { scope: rule.values('Cluster', 'Namespace'), kind: segment, name: segment },
  },
  'scheduling.v1.PriorityClass': {
    neverEmpty: ['preemptionPolicy'],
    optional: ['value'],
  },
  'storage.v1.CSIDriver': { optional: ['spec'] },
  'storage.v1.CSIDriverSpec': {
    fields: {
      volumeLifecycleModes: strings(['Persistent', 'Ephemeral']),
      fsGroupPolicy: rule.values('ReadWriteOnceWithFSType', 'File', 'None'),
    },
    neverEmpty: ['fsGroupPolicy'],
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
