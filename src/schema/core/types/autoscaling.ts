import type { JsonObject } from '../../../estate';
import { dnsLabel, labelKey, pathSegment, type TextCheck } from '../../validate/names';
import { show, type Run, type ViolationRule } from '../../validate/violation';
import * as rule from '../field-rules';
import { asText, isEmpty, isSet, object, objects, textOf } from '../field-rules';
import type { TypeRules } from '../type-rules';

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
function checkTarget(allowed: readonly string[], isOneAlone = true): (source: JsonObject, run: Run) => void {
  const field = 'target';
  return (source, run) => {
    const target = object(source[field]);
    if (!isSet(source[field])) return;
    const set = allowed.filter((name) => isSet(target[name]));
    if (set.length === 0)
      run.report('core', 'the target says no amount', `add ${allowed.join(' or ')}`, field);
    if (set.length > 1 && isOneAlone)
      run.report('core', `${set.join(' and ')} exclude each other`, 'keep one of them', field, set[1]!);
  };
}

function checkScaleTarget(spec: JsonObject, run: Run): void {
  const { apiVersion, kind } = object(spec['scaleTargetRef']);
  const isOld = kind === 'ReplicationController' || isEmpty(kind);
  if ((isOld ? /^[^/]*\/?[^/]*$/ : /^[^/]+\/[^/]*$/).test(asText(apiVersion))) return;
  run.report(
    'core',
    `${show(apiVersion ?? 'no apiVersion')} names no API group`,
    'write e.g. apps/v1',
    'scaleTargetRef',
    'apiVersion',
  );
}

const resourceName: TextCheck = (resource) => {
  if (/^(?:cpu|memory|ephemeral-storage|storage|hugepages-.+)$/.test(resource)) return undefined;
  return resource.includes('/') ? labelKey(resource) : 'must be cpu, memory, or e.g. example.org/gpu';
};

const segment = rule.text(pathSegment, 'my-app');

/** What changes the number of pods by what is measured. */
export const autoscalingTypes: { readonly [type: string]: TypeRules } = {
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
  'autoscaling.v2.ObjectMetricSource': { check: checkTarget(['value', 'averageValue'], false) },
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
};
