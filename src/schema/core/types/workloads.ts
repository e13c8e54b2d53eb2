import type { JsonObject } from '../../../estate';
import { dnsLabel } from '../../validate/names';
import { type Run } from '../../validate/violation';
import * as rule from '../field-rules';
import { isEmpty, isSet, object } from '../field-rules';
import { selects } from '../selector';
import type { TypeRules } from '../type-rules';

const counts = {
  replicas: rule.notNegative,
  minReadySeconds: rule.notNegative,
  revisionHistoryLimit: rule.notNegative,
};

/** A selector must select the pods that its own template makes. */
function checkSelector(spec: JsonObject, run: Run): void {
  const selector = object(spec['selector']);
  if (!isSet(spec['selector'])) return;
  const empty =
    Object.keys(object(selector['matchLabels'])).length === 0 && isEmpty(selector['matchExpressions']);
  if (empty) {
    run.report('core', 'an empty selector is not allowed here', "write the template's labels", 'selector');
    return;
  }
  checkSelected(spec, run);
}

/** Reports a selector that does not select the pods of the template. */
export function checkSelected(spec: JsonObject, run: Run): void {
  const labels = object(object(object(spec['template'])['metadata'])['labels']);
  if (selects(object(spec['selector']), labels)) return;
  run.report(
    'core',
    "the selector does not select the template's labels",
    'give both the same labels',
    'template',
    'metadata',
    'labels',
  );
}

function isZero(value: JsonObject[string] | undefined): boolean {
  return value === 0 || (typeof value === 'string' && /^0+%$/.test(value));
}

function checkStrategy(strategy: JsonObject, run: Run): void {
  const { type, rollingUpdate } = strategy;
  if (type === 'Recreate' && isSet(rollingUpdate)) {
    run.report(
      'core',
      'Recreate takes no rollingUpdate',
      'remove rollingUpdate, or write RollingUpdate',
      'rollingUpdate',
    );
  }
}

function checkRollingUpdate(update: JsonObject, run: Run): void {
  const { maxSurge, maxUnavailable } = update;
  if (!isZero(maxUnavailable) || !isZero(maxSurge)) return;
  run.report(
    'core',
    'with no pod above and none below the number, nothing can be replaced',
    'raise maxSurge or maxUnavailable',
    'maxUnavailable',
  );
}

function checkDeployment(spec: JsonObject, run: Run): void {
  checkSelector(spec, run);
  const { progressDeadlineSeconds: deadline, minReadySeconds } = spec;
  const ready = typeof minReadySeconds === 'number' ? minReadySeconds : 0;
  if (typeof deadline === 'number' && deadline <= ready) {
    run.report(
      'core',
      `the progress deadline is not above minReadySeconds`,
      `write more than ${ready}`,
      'progressDeadlineSeconds',
    );
  }
}

function checkDaemonSetUpdate(strategy: JsonObject, run: Run): void {
  if (!isSet(strategy['rollingUpdate']) || strategy['type'] === 'OnDelete') return;
  const { maxSurge, maxUnavailable } = object(strategy['rollingUpdate']);
  const surges = isSet(maxSurge) && !isZero(maxSurge);
  const report = (message: string, fix: string, field: string): void =>
    run.report('core', message, fix, 'rollingUpdate', field);
  if (surges && !isZero(maxUnavailable))
    report('maxSurge needs maxUnavailable to be 0', 'write maxUnavailable: 0', 'maxSurge');
  if (!surges && isZero(maxUnavailable)) {
    const message = 'with no pod above and none below the number, nothing can be replaced';
    report(message, 'raise maxSurge or maxUnavailable', 'maxUnavailable');
  }
}

function checkStatefulSetStrategy(strategy: JsonObject, run: Run): void {
  if (strategy['type'] === 'OnDelete' && isSet(strategy['rollingUpdate'])) {
    run.report(
      'core',
      'OnDelete takes no rollingUpdate',
      'remove rollingUpdate, or write RollingUpdate',
      'rollingUpdate',
    );
  }
}

/** Where there is no selector the server takes the labels of the template. */
function checkOldSelector(spec: JsonObject, run: Run): void {
  const labels = object(object(object(spec['template'])['metadata'])['labels']);
  if (Object.keys({ ...labels, ...object(spec['selector']) }).length === 0)
    run.report('core', 'the selector is missing', 'add it, or labels to the template', 'selector');
}

/** What makes pods, and how it replaces them. */
export const workloadTypes: { readonly [type: string]: TypeRules } = {
  'apps.v1.DeploymentSpec': {
    fields: { ...counts, progressDeadlineSeconds: rule.notNegative },
    check: checkDeployment,
  },
  'apps.v1.DeploymentStrategy': { check: checkStrategy },
  'apps.v1.RollingUpdateDeployment': {
    neverEmpty: ['maxSurge', 'maxUnavailable'],
    fields: { maxSurge: rule.countOrPercent, maxUnavailable: rule.countOrPart },
    check: checkRollingUpdate,
  },
  'apps.v1.ReplicaSetSpec': { fields: counts, check: checkSelector },
  'apps.v1.StatefulSetSpec': {
    fields: {
      replicas: rule.notNegative,
      minReadySeconds: rule.notNegative,
      serviceName: rule.text(dnsLabel, 'my-app'),
    },
    check: checkSelector,
  },
  'apps.v1.ControllerRevision': {
    required: ['data'],
    optional: ['revision'],
    fields: { revision: rule.notNegative },
  },
  'apps.v1.DaemonSetUpdateStrategy': { check: checkDaemonSetUpdate },
  'apps.v1.StatefulSetUpdateStrategy': { check: checkStatefulSetStrategy },
  'apps.v1.RollingUpdateStatefulSetStrategy': {
    fields: { partition: rule.notNegative, maxUnavailable: rule.countOrPart },
  },
  'apps.v1.StatefulSetOrdinals': { fields: { start: rule.notNegative } },
  'apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy': {
    fields: { whenDeleted: rule.values('Retain', 'Delete'), whenScaled: rule.values('Retain', 'Delete') },
  },
  'apps.v1.DaemonSetSpec': { fields: counts, check: checkSelector },
  'apps.v1.RollingUpdateDaemonSet': {
    neverEmpty: ['maxSurge', 'maxUnavailable'],
    fields: { maxSurge: rule.countOrPart, maxUnavailable: rule.countOrPart },
  },
  'core.v1.ReplicationControllerSpec': { required: ['template'], fields: counts, check: checkOldSelector },
};
