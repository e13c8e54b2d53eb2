import type { JsonObject } from '../../../estate';
import { dnsLabel, labelValue } from '../../validate/names';
import { show, type Run } from '../../validate/violation';
import * as rule from '../field-rules';
import { asText, isEmpty } from '../field-rules';
import type { TypeRules } from '../type-rules';

/** How many values an operator takes: at least one, none, or exactly one. */
const counts: { readonly [operator: string]: (count: number) => boolean } = {
  In: (count) => count > 0,
  NotIn: (count) => count > 0,
  Exists: (count) => count === 0,
  DoesNotExist: (count) => count === 0,
  Gt: (count) => count === 1,
  Lt: (count) => count === 1,
};

function checkRequirement(operators: readonly string[]): (requirement: JsonObject, run: Run) => void {
  return ({ operator, values }, run) => {
    const name = asText(operator);
    if (name === '') return;
    if (!operators.includes(name)) {
      run.report('core', `${name} is no operator here`, `write one of: ${operators.join(', ')}`, 'operator');
      return;
    }
    const count = Array.isArray(values) ? values.length : 0;
    if (!counts[name]!(count))
      run.report(
        'core',
        `${name} does not take ${count} values`,
        count > 0 && name.includes('xist') ? 'remove the values' : 'write its values',
        'values',
      );
    // What nodes are merely preferred by, the server leaves alone.
    const isJudged = Array.isArray(values) && !run.path.includes('preference');
    const wrong = isJudged
      ? values.find((value) => typeof value === 'string' && labelValue(value))
      : undefined;
    if (wrong !== undefined)
      run.report('core', `${show(wrong)} is no value that a label can have`, 'write e.g. my-app', 'values');
  };
}

const labelOperators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

function checkToleration(toleration: JsonObject, run: Run): void {
  const { key, operator, value, effect, tolerationSeconds } = toleration;
  if (isEmpty(key) && operator !== 'Exists')
    run.report('core', 'a toleration without a key is for all taints', 'write operator: Exists', 'operator');
  if (!isEmpty(operator) && operator !== 'Exists' && operator !== 'Equal')
    run.report('core', `${show(operator)} is no operator here`, 'write Exists or Equal', 'operator');
  if (operator === 'Exists' && !isEmpty(value))
    run.report('core', 'Exists takes no value', 'remove the value', 'value');
  if (rule.isSet(tolerationSeconds) && effect !== 'NoExecute')
    run.report('core', 'tolerationSeconds is for NoExecute alone', 'write effect: NoExecute', 'effect');
  const wrong = operator !== 'Exists' && typeof value === 'string' ? labelValue(value) : undefined;
  if (wrong) run.report('core', `the value ${wrong}`, 'write e.g. my-taint', 'value');
}

/** Keys of labels narrow a selector down, so that there must be one. */
function checkKeys(term: JsonObject, run: Run): void {
  if (rule.isSet(term['labelSelector'])) return;
  for (const field of ['matchLabelKeys', 'mismatchLabelKeys'])
    if (!isEmpty(term[field])) run.report('core', `${field} needs a labelSelector`, 'add it', field);
}

function checkSpread(constraint: JsonObject, run: Run): void {
  checkKeys(constraint, run);
  if (!rule.isSet(constraint['minDomains']) || constraint['whenUnsatisfiable'] === 'DoNotSchedule') return;
  run.report(
    'core',
    'minDomains is for DoNotSchedule alone',
    'write whenUnsatisfiable: DoNotSchedule',
    'minDomains',
  );
}

function checkTerm(term: JsonObject, run: Run): void {
  const fields = Array.isArray(term['matchFields']) ? term['matchFields'] : [];
  fields.forEach((requirement: JsonObject | null, index) => {
    const { operator, values } = requirement ?? {};
    if (
      /^(?:In|NotIn)$/.test(asText(operator))
        ? Array.isArray(values) && values.length > 1
        : !isEmpty(operator)
    )
      run.report('core', 'a field takes In or NotIn with one value', 'write one', 'matchFields', index);
    if (requirement?.['key'] !== 'metadata.name')
      run.report(
        'core',
        'metadata.name is the only field to match',
        'write key: metadata.name',
        'matchFields',
        index,
        'key',
      );
  });
}

const weight = rule.range(1, 100);

/** What decides where pods run, and what selects objects by labels. */
export const schedulingTypes: { readonly [type: string]: TypeRules } = {
  'meta.v1.LabelSelector': { fields: { matchLabels: rule.labels } },
  'meta.v1.LabelSelectorRequirement': { fields: { key: rule.key }, check: checkRequirement(labelOperators) },
  'core.v1.NodeSelectorTerm': { check: checkTerm },
  'core.v1.NodeSelectorRequirement': {
    fields: { key: rule.key },
    check: checkRequirement([...labelOperators, 'Gt', 'Lt']),
  },
  'core.v1.PreferredSchedulingTerm': { optional: ['preference'], fields: { weight } },
  'core.v1.WeightedPodAffinityTerm': { fields: { weight } },
  'core.v1.PodAffinityTerm': {
    fields: {
      topologyKey: rule.key,
      namespaces: rule.each(rule.text(dnsLabel, 'my-team')),
      matchLabelKeys: rule.each(rule.key),
      mismatchLabelKeys: rule.each(rule.key),
    },
    check: checkKeys,
  },
  'core.v1.TopologySpreadConstraint': {
    fields: {
      maxSkew: rule.range(1, Infinity),
      minDomains: rule.range(1, Infinity),
      matchLabelKeys: rule.each(rule.key),
    },
    neverEmpty: ['nodeAffinityPolicy', 'nodeTaintsPolicy'],
    check: checkSpread,
  },
  'core.v1.Toleration': { fields: { key: rule.key }, check: checkToleration },
  'core.v1.Taint': { fields: { key: rule.key, value: rule.text(labelValue, 'my-taint') } },
};
