import type { Json, JsonObject } from '../../../estate';
import { labelKey } from '../../validate/names';
import { parseQuantity } from '../../validate/quantity';
import { show, type Run } from '../../validate/violation';
import * as rule from '../field-rules';
import { asText, duplicate, isEmpty, object, objects, textOf } from '../field-rules';
import { isExtendedResource } from './environment';
import type { TypeRules } from '../type-rules';

/** What a quota counts in whole numbers. */
const counted = new Set([
  'pods',
  'services',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);

const measured = new Set(['cpu', 'memory', 'ephemeral-storage']);

const standard = /^(?:(?:(?:requests|limits)\.)?(?:cpu|memory|ephemeral-storage)|requests\.storage)$/;

function isStandardQuota(name: string): boolean {
  return counted.has(name) || standard.test(name);
}

function isQuotaName(name: string): boolean {
  return isStandardQuota(name) || /^(?:requests\.)?hugepages-/.test(name) || name.includes('/');
}

/** What is no amount of something that Kubernetes knows comes in pieces, such as a device. */
function isWhole(name: string): boolean {
  return counted.has(name) || isExtendedResource(name);
}

function checkQuota(spec: JsonObject, run: Run): void {
  for (const [name, value] of Object.entries(object(spec['hard']))) {
    const problem = labelKey(name) ?? (isQuotaName(name) ? undefined : 'is no resource');
    if (problem)
      run.report(
        'core',
        `${name} ${problem}`,
        'write e.g. requests.cpu or count/deployments.apps',
        'hard',
        name,
      );
    const number = parseQuantity(value ?? 0) ?? 0;
    if (number < 0) run.report('core', `${show(value)} is negative`, 'write zero or more', 'hard', name);
    if (isWhole(name) && !Number.isInteger(number))
      run.report('core', `${name} is a whole number`, 'write e.g. 10', 'hard', name);
  }
  checkScopes(spec, run);
}

const ofPods = /^(?:pods|(?:(?:requests|limits)\.)?(?:cpu|memory))$/;

/** The scopes that there are, and what of the standard resources a quota can limit in each. */
const scopes: { readonly [scope: string]: RegExp } = {
  Terminating: ofPods,
  NotTerminating: ofPods,
  BestEffort: /^pods$/,
  NotBestEffort: ofPods,
  PriorityClass: ofPods,
  CrossNamespacePodAffinity: ofPods,
  VolumeAttributesClass: /^(?:persistentvolumeclaims|requests\.storage)$/,
};

/** A scope limits what belongs to it alone; names of the form `count/…` and devices are left to the quota. */
function checkLimited(spec: JsonObject, run: Run): void {
  const chosen = objects(object(spec['scopeSelector'])['matchExpressions']).map(({ scopeName }) => scopeName);
  const listed = Array.isArray(spec['scopes']) ? (spec['scopes'] as readonly Json[]) : [];
  for (const scope of new Set([...listed, ...chosen].map(asText))) {
    const fits = Object.hasOwn(scopes, scope) ? scopes[scope] : undefined;
    const foreign = Object.keys(object(spec['hard'])).find(
      (name) => fits && !name.includes('/') && !fits.test(name),
    );
    if (foreign)
      run.report(
        'core',
        `the scope ${scope} cannot limit ${foreign}`,
        'make it a quota of its own',
        'hard',
        foreign,
      );
  }
}

function checkScopes(spec: JsonObject, run: Run): void {
  const names = Array.isArray(spec['scopes']) ? spec['scopes'] : [];
  names.forEach((name, index) => {
    if (!Object.hasOwn(scopes, asText(name)))
      run.report(
        'core',
        `${show(name)} is no scope`,
        `write one of: ${Object.keys(scopes).join(', ')}`,
        'scopes',
        index,
      );
  });
  for (const [one, other] of [
    ['Terminating', 'NotTerminating'],
    ['BestEffort', 'NotBestEffort'],
  ]) {
    if (names.includes(one!) && names.includes(other!))
      run.report('core', `${one!} and ${other!} exclude each other`, 'keep one of them', 'scopes');
  }
  checkLimited(spec, run);
}

/** Only these scopes are chosen by a value; the others are there or not. */
const valued = new Set(['PriorityClass', 'VolumeAttributesClass']);

function checkScope(requirement: JsonObject, run: Run): void {
  const { scopeName, operator, values } = requirement;
  const count = Array.isArray(values) ? values.length : 0;
  if (textOf(operator) === undefined || textOf(scopeName) === undefined) return;
  if (!valued.has(asText(scopeName)) && operator !== 'Exists')
    run.report('core', `${show(scopeName)} takes Exists alone`, 'write operator: Exists', 'operator');
  if (asText(operator).endsWith('In') && count === 0)
    run.report('core', `${show(operator)} takes values`, 'add values', 'values');
  if (asText(operator).includes('xist') && count > 0)
    run.report('core', `${show(operator)} takes no values`, 'remove them', 'values');
}

function checkLimits(item: JsonObject, run: Run): void {
  const amountOf = (field: string, name: string): number | undefined => amountIn(object(item[field]), name);
  const order = ['min', 'defaultRequest', 'default', 'max'];
  const names = new Set(
    [...order, 'maxLimitRequestRatio'].flatMap((field) => Object.keys(object(item[field]))),
  );
  for (const name of names) {
    checkOrder(
      name,
      order.map((field) => ({ field, amount: amountOf(field, name) })),
      run,
    );
    const problem = labelKey(name) ?? (isLimitName(name, item['type']) ? undefined : 'is no resource here');
    if (problem)
      run.report(
        'core',
        `${name} ${problem}`,
        'write e.g. cpu or memory',
        order.find((field) => name in object(item[field])) ?? 'max',
        name,
      );
    checkRatio(name, amountOf, run);
  }
  if (
    item['type'] === 'PersistentVolumeClaim' &&
    !['min', 'max'].some((field) => 'storage' in object(item[field]))
  )
    run.report('core', 'claims are limited by storage', 'add max.storage', 'max', 'storage');
  if (item['type'] !== 'Pod') return;
  for (const field of ['default', 'defaultRequest'])
    if (!isEmpty(item[field])) run.report('core', `${field} is not for pods as a whole`, 'remove it', field);
}

/** Only what containers have can be limited for them; other kinds of limits take every standard name. */
function isLimitName(name: string, type: Json | undefined): boolean {
  if (name.includes('/') || name.startsWith('hugepages-') || measured.has(name)) return true;
  return type !== 'Container' && type !== 'Pod' && (name === 'storage' || isStandardQuota(name));
}

function checkRatio(
  name: string,
  amountOf: (field: string, name: string) => number | undefined,
  run: Run,
): void {
  const at = ['maxLimitRequestRatio', name] as const;
  const [ratio, min, max] = [at[0], 'min', 'max'].map((field) => amountOf(field, name));
  if (ratio === undefined) return;
  if (ratio < 1) run.report('core', 'a limit is never below its request', 'write at least 1', ...at);
  else if (min !== undefined && max !== undefined && ratio > max / min)
    run.report('core', 'the ratio is above that of max and min', `write at most ${max / min}`, ...at);
}

/** A null is a quantity of zero. */
function amountIn(amounts: JsonObject, name: string): number | undefined {
  return name in amounts ? parseQuantity(amounts[name] ?? 0) : undefined;
}

interface Bound {
  readonly field: string;
  readonly amount: number | undefined;
}

function checkOrder(name: string, bounds: readonly Bound[], run: Run): void {
  const known = bounds.filter(({ amount }) => amount !== undefined);
  known.forEach(({ field, amount }, index) => {
    const next = known[index + 1];
    if (next && amount! > next.amount!)
      run.report('core', `${field} is above ${next.field}`, 'lower it', field, name);
  });
}

const limitType = (type: string): string | undefined => {
  if (type === 'Pod' || type === 'Container' || type === 'PersistentVolumeClaim') return undefined;
  return type.includes('/') ? labelKey(type) : 'must be Container, Pod or PersistentVolumeClaim';
};

/** What limits a namespace. */
export const quotaTypes: { readonly [type: string]: TypeRules } = {
  'core.v1.ResourceQuotaSpec': { check: checkQuota },
  'core.v1.ScopedResourceSelectorRequirement': {
    fields: { scopeName: rule.values(...Object.keys(scopes)) },
    check: checkScope,
  },
  'core.v1.LimitRangeSpec': {
    optional: ['limits'],
    check: ({ limits }, run) => {
      const twice = duplicate(objects(limits).map(({ type }) => textOf(type)));
      if (twice)
        run.report(
          'core',
          `${twice.key} is limited twice`,
          'put both into one',
          'limits',
          twice.index,
          'type',
        );
    },
  },
  'core.v1.LimitRangeItem': {
    required: ['type'],
    fields: { type: rule.text(limitType, 'Container') },
    check: checkLimits,
  },
};
