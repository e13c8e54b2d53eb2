import type { JsonObject } from '../../../estate';
import { dnsSubdomain, type TextCheck } from '../../validate/names';
import { show, type Run } from '../../validate/violation';
import * as rule from '../field-rules';
import { isSet, object, objects } from '../field-rules';
import type { TypeRules } from '../type-rules';
import { containersOf } from './pods';
import { checkSelected } from './workloads';

function checkJob(job: JsonObject, run: Run): void {
  checkIndexed(job, run);
  checkCounts(job, run);
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
  if (!isSet(job['podFailurePolicy'])) return;
  if (job['podReplacementPolicy'] === 'TerminatingOrFailed')
    run.report(
      'core',
      'podFailurePolicy needs podReplacementPolicy: Failed',
      'write Failed',
      'podReplacementPolicy',
    );
  if (pod['restartPolicy'] === 'Never') return;
  const needed = 'podFailurePolicy needs pods that never restart';
  run.report('core', needed, 'write restartPolicy: Never', 'template', 'spec', 'restartPolicy');
}

/** What failed is counted against the completions, and so is what succeeded. */
function checkCounts(job: JsonObject, run: Run): void {
  const { completions, maxFailedIndexes: failed } = job;
  if (typeof completions !== 'number') return;
  if (typeof failed === 'number' && failed > completions)
    run.report('core', 'more may fail than there are', `write at most ${completions}`, 'maxFailedIndexes');
  objects(object(job['successPolicy'])['rules']).forEach(({ succeededCount, succeededIndexes }, index) => {
    const at = ['successPolicy', 'rules', index] as const;
    const indexes = typeof succeededIndexes === 'string' ? indexesOf(succeededIndexes) : undefined;
    if (indexes && indexes.last >= completions)
      run.report(
        'core',
        `there is no index ${indexes.last}`,
        `write less than ${completions}`,
        ...at,
        'succeededIndexes',
      );
    const most = Math.min(completions, indexes?.count ?? completions);
    if (typeof succeededCount === 'number' && succeededCount > most)
      run.report(
        'core',
        'more must succeed than there are',
        `write at most ${most}`,
        ...at,
        'succeededCount',
      );
  });
}

/** What a text like `0,2-4` stands for; undefined where it is none. */
function indexesOf(text: string): { readonly last: number; readonly count: number } | undefined {
  let [last, count] = [-1, 0];
  if (text === '') return undefined;
  for (const part of text.split(',')) {
    const match = /^\+?(\d+)(?:-\+?(\d+))?$/.exec(part);
    const [from, to] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
    if (!match || from <= last || (match[2] !== undefined && to <= from)) return undefined;
    last = to;
    count += to - from + 1;
  }
  return { last, count };
}

const indexes: TextCheck = (text) => (indexesOf(text) ? undefined : 'must be rising indexes');

function checkIndexed(job: JsonObject, run: Run): void {
  const isIndexed = job['completionMode'] === 'Indexed';
  const { completions, parallelism } = job;
  // Where a Job of its own says neither, the server makes both 1.
  if (isIndexed && !isSet(completions) && (isSet(parallelism) || run.path.includes('jobTemplate')))
    run.report('core', 'an indexed job has a number of completions', 'add completions', 'completions');
  if (isIndexed) checkSize(job, run);
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
  if (job['manualSelector'] === true && isSet(job['selector'])) checkSelected(job, run);
}

function checkSize({ completions, parallelism }: JsonObject, run: Run): void {
  const most = typeof completions === 'number' && completions > 100_000 ? 10_000 : 100_000;
  // Without a number, as many pods run at once as are to end.
  if (typeof parallelism === 'number' ? parallelism <= most : most === 100_000) return;
  const message = `so many completions allow at most ${most} pods at once`;
  run.report('core', message, 'lower parallelism', 'parallelism');
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

/** What makes pods that end. */
export const jobTypes: { readonly [type: string]: TypeRules } = {
  'batch.v1.CronJobSpec': {
    fields: {
      startingDeadlineSeconds: rule.notNegative,
      successfulJobsHistoryLimit: rule.notNegative,
      failedJobsHistoryLimit: rule.notNegative,
    },
    neverEmpty: ['timeZone'],
    check: checkCronJob,
  },
  'batch.v1.SuccessPolicyRule': {
    fields: { succeededCount: rule.notNegative, succeededIndexes: rule.text(indexes, '0,2-4') },
    check: checkSuccess,
  },
  'batch.v1.JobSpec': {
    fields: { ...jobCounts, managedBy: rule.text(managedBy, 'example.org/controller') },
    neverEmpty: ['completionMode', 'podReplacementPolicy', 'managedBy'],
    check: checkJob,
  },
  'batch.v1.PodFailurePolicy': { optional: ['rules'], fields: { rules: rule.atMost(20) } },
  'batch.v1.PodFailurePolicyRule': { exactlyOne: ['onExitCodes', 'onPodConditions'] },
  'batch.v1.PodFailurePolicyOnExitCodesRequirement': { check: checkExitCodes },
  'batch.v1.PodFailurePolicyOnPodConditionsPattern': {
    fields: { type: rule.key, status: rule.values('True', 'False', 'Unknown') },
  },
};
