import type { JsonObject } from '../../../estate';
import { labelKey } from '../../validate/names';
import { parseQuantity } from '../../validate/quantity';
import { show, type Run } from '../../validate/violation';
import * as rule from '../field-rules';
import { asText, isEmpty, object, textOf } from '../field-rules';
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

const measured = new Set(['cpu', 'memory', 'storage', 'ephemeral-storage']);

const prefixed = /^(?:requests|limits)\.(?:cpu|memory|storage|ephemeral-storage|hugepages-.+)$/;

function isQuotaName(name: string): boolean {
  return (
    counted.has(name) ||
    measured.has(name) ||
    prefixed.test(name) ||
    name.startsWith('hugepages-') ||
    name.includes('/')
  );
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
    if ((counted.has(name) || name.startsWith('count/')) && !Number.isInteger(number))
      run.report('core', `${name} is a whole number`, 'write e.g. 10', 'hard', name);
  }
  checkScopes(spec, run);
}

const scopes = new Set([
  'Terminating',
  'NotTerminating',
  'BestEffort',
  'NotBestEffort',
  'PriorityClass',
  'CrossNamespacePodAffinity',
  'VolumeAttributesClass',
]);

function checkScopes(spec: JsonObject, run: Run): void {
  const names = Array.isArray(spec['scopes']) ? spec['scopes'] : [];
  names.forEach((name, index) => {
    if (!scopes.has(asText(name)))
      run.report(
        'core',
        `${show(name)} is no scope`,
        `write one of: ${[...scopes].join(', ')}`,
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
  if (names.includes('BestEffort') && Object.keys(object(spec['hard'])).some((name) => name !== 'pods'))
    run.report('core', 'the scope BestEffort limits the number of pods alone', 'write pods', 'hard');
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
    const isKnown =
      name.includes('/') ||
      measured.has(name) ||
      !['Container', 'Pod', 'PersistentVolumeClaim'].includes(asText(item['type']));
    const problem = labelKey(name) ?? (isKnown ? undefined : 'is no resource');
    if (problem)
      run.report(
        'core',
        `${name} ${problem}`,
        'write e.g. cpu or memory',
        order.find((field) => name in object(item[field])) ?? 'max',
        name,
      );
    const ratio = amountOf('maxLimitRequestRatio', name);
    if (ratio !== undefined && ratio < 1)
      run.report(
        'core',
        'a limit is never below its request',
        'write at least 1',
        'maxLimitRequestRatio',
        name,
      );
  }
  if (item['type'] !== 'Pod') return;
  for (const field of ['default', 'defaultRequest'])
    if (!isEmpty(item[field])) run.report('core', `${field} is not for pods as a whole`, 'remove it', field);
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
    fields: { scopeName: rule.values(...scopes) },
    check: checkScope,
  },
  'core.v1.LimitRangeSpec': { optional: ['limits'] },
  'core.v1.LimitRangeItem': {
    required: ['type'],
    fields: { type: rule.text(limitType, 'Container') },
    check: checkLimits,
  },
};
