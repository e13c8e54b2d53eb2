import type { JsonObject } from '../../../estate';
import { dnsLabel, dnsSubdomain, type TextCheck } from '../../validate/names';
import { show, type Run } from '../../validate/violation';
import * as rule from '../field-rules';
import { isEmpty, isSet, object, objects } from '../field-rules';
import { selects } from '../selector';
import type { TypeRules } from '../type-rules';
import { containersOf } from './pods';

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
  const labels = object(object(object(spec['template'])['metadata'])['labels']);
  if (selects(selector, labels)) return;
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

function checkDaemonSetUpdate(update: JsonObject, run: Run): void {
  const surges = isSet(update['maxSurge']) && !isZero(update['maxSurge']);
  if (surges && isSet(update['maxUnavailable']) && !isZero(update['maxUnavailable'])) {
    run.report('core', 'maxSurge needs maxUnavailable to be 0', 'write maxUnavailable: 0', 'maxSurge');
  }
  if (!surges && isZero(update['maxUnavailable'])) {
    run.report(
      'core',
      'with no pod above and none below the number, nothing can be replaced',
      'raise maxSurge or maxUnavailable',
      'maxUnavailable',
    );
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

function checkJob(job: JsonObject, run: Run): void {
  checkIndexed(job, run);
  const pod = object(object(job['template'])['spec']);
  const names = new Set(containersOf(pod).map(({ container }) => container['name']));
  const isByIndex = isSet(job['backoffLimitPerIndex']);
  objects(object(job['podFailurePolicy'])['rules']).forEach((entry, index) => {
    const at = ['podFailurePolicy', 'rules', index] as const;
    if (entry['action'] === 'FailIndex' && !isByIndex)
      run.report('core', 'FailIndex needs backoffLimitPerIndex', 'add backoffLimitPerIndex', ...at, 'action');
    const name = object(entry['onExitCodes'])['containerName'];
    const message = `there is no container ${show(name)}`;
    if (isSet(name) && !names.has(name))
      run.report('core', message, 'write the name of a container', ...at, 'onExitCodes', 'containerName');
  });
  if (!isSet(job['podFailurePolicy']) || pod['restartPolicy'] === 'Never') return;
  const needed = 'podFailurePolicy needs pods that never restart';
  run.report('core', needed, 'write restartPolicy: Never', 'template', 'spec', 'restartPolicy');
}

function checkIndexed(job: JsonObject, run: Run): void {
  const isIndexed = job['completionMode'] === 'Indexed';
  const { completions, parallelism } = job;
  if (isIndexed && !isSet(completions))
    run.report('core', 'an indexed job has a number of completions', 'add completions', 'completions');
  if (isIndexed && typeof parallelism === 'number' && parallelism > 100_000)
    run.report('core', 'an indexed job runs at most 100000 pods at once', 'lower parallelism', 'parallelism');
  if (
    isIndexed &&
    typeof completions === 'number' &&
    completions > 100_000 &&
    (typeof parallelism !== 'number' || parallelism > 10_000)
  ) {
    run.report(
      'core',
      'so many completions allow at most 10000 pods at once',
      'lower parallelism',
      'parallelism',
    );
  }
  for (const field of ['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy']) {
    if (!isIndexed && isSet(job[field]))
      run.report('core', `${field} is for indexed jobs`, 'write completionMode: Indexed', field);
  }
  if (isSet(job['maxFailedIndexes']) && !isSet(job['backoffLimitPerIndex']))
    run.report(
      'core',
      'maxFailedIndexes needs backoffLimitPerIndex',
      'add backoffLimitPerIndex',
      'backoffLimitPerIndex',
    );
  if (job['manualSelector'] === true && !isSet(job['selector']))
    run.report('core', 'selector is missing', 'add it, or remove manualSelector', 'selector');
  if (job['manualSelector'] === true) checkSelector(job, run);
}

function checkCronJob(spec: JsonObject, run: Run): void {
  const job = object(object(spec['jobTemplate'])['spec']);
  const given = { selector: isSet(job['selector']), manualSelector: job['manualSelector'] === true };
  const message = 'the server makes the selectors of these jobs';
  for (const [field, isGiven] of Object.entries(given))
    if (isGiven) run.report('core', message, 'remove it', 'jobTemplate', 'spec', field);
}

const managedBy: TextCheck = (name) =>
  name.length > 63
    ? 'is longer than 63 characters'
    : /^[^/]+\/.+$/.test(name)
      ? dnsSubdomain(name.split('/')[0]!)
      : 'must be a domain and a path';

function checkSuccess(policy: JsonObject, run: Run): void {
  if (!isSet(policy['succeededCount']) && !isSet(policy['succeededIndexes']))
    run.report('core', 'the rule does not say what success is', 'add succeededCount or succeededIndexes');
}

function checkExitCodes(requirement: JsonObject, run: Run): void {
  const { values, operator } = requirement;
  const codes = Array.isArray(values) ? (values as readonly JsonObject[string][]) : [];
  if (operator === 'In' && codes.some((code) => code === 0 || code === null))
    run.report('core', '0 is the exit code of success', 'remove it', 'values');
  if (codes.length > 255) run.report('core', 'there are at most 255 exit codes', 'write fewer', 'values');
  if (codes.some((code, index) => index > 0 && Number(codes[index - 1]) >= Number(code)))
    run.report('core', 'the exit codes must rise', 'sort them, each once', 'values');
}

const jobCounts = Object.fromEntries(
  [
    'parallelism',
    'completions',
    'backoffLimit',
    'activeDeadlineSeconds',
    'ttlSecondsAfterFinished',
    'backoffLimitPerIndex',
    'maxFailedIndexes',
  ].map((field) => [field, rule.notNegative]),
);

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
    fields: { ...counts, serviceName: rule.text(dnsLabel, 'my-app') },
    check: checkSelector,
  },
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
    check: checkDaemonSetUpdate,
  },
  'core.v1.ReplicationControllerSpec': { required: ['template'], fields: counts },
  'batch.v1.CronJobSpec': {
    fields: {
      startingDeadlineSeconds: rule.notNegative,
      successfulJobsHistoryLimit: rule.notNegative,
      failedJobsHistoryLimit: rule.notNegative,
    },
    neverEmpty: ['timeZone'],
    check: checkCronJob,
  },
  'batch.v1.SuccessPolicyRule': { check: checkSuccess },
  'batch.v1.JobSpec': {
    fields: { ...jobCounts, managedBy: rule.text(managedBy, 'example.org/controller') },
    neverEmpty: ['completionMode', 'podReplacementPolicy'],
    check: checkJob,
  },
  'batch.v1.PodFailurePolicy': { optional: ['rules'], fields: { rules: rule.atMost(20) } },
  'batch.v1.PodFailurePolicyRule': { exactlyOne: ['onExitCodes', 'onPodConditions'] },
  'batch.v1.PodFailurePolicyOnExitCodesRequirement': { check: checkExitCodes },
};
