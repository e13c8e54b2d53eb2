import type { JsonObject } from '../../../estate';
import { dnsLabel, dnsSubdomain } from '../../validate/names';
import type { Run } from '../../validate/violation';
import * as rule from '../field-rules';
import { asText, isEmpty, isSet, object } from '../field-rules';
import type { TypeRules } from '../type-rules';

const verbs = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'proxy',
  'update',
  'watch',
  '*',
];

const subjects: { readonly [kind: string]: string } = {
  User: 'user',
  Group: 'group',
  ServiceAccount: 'serviceAccount',
};

function checkSubject(subject: JsonObject, run: Run): void {
  const kind = asText(subject['kind']);
  const field = subjects[kind];
  if (kind === '' || !field) return;
  if (!isSet(subject[field])) run.report('core', `a ${kind} says which one`, `add ${field}`, field);
  for (const other of Object.values(subjects))
    if (other !== field && isSet(subject[other]))
      run.report('core', `a ${kind} has no ${other}`, 'remove it', other);
}

function checkRule(policy: JsonObject, run: Run): void {
  if (isEmpty(policy['subjects'])) run.report('core', 'subjects is missing', 'add subjects', 'subjects');
  if (isEmpty(policy['resourceRules']) && isEmpty(policy['nonResourceRules']))
    run.report('core', 'a rule is about resources or URLs', 'add resourceRules', 'resourceRules');
}

function checkResourceRule(policy: JsonObject, run: Run): void {
  if (policy['clusterScope'] === true || !isEmpty(policy['namespaces'])) return;
  run.report(
    'core',
    'the rule is for no namespace and not for the cluster',
    'add namespaces or clusterScope: true',
    'namespaces',
  );
}

function checkLevel(level: JsonObject, run: Run): void {
  const { type } = level;
  if (type === 'Limited' && !isSet(level['limited']))
    run.report('core', 'a limited level says its limits', 'add limited', 'limited');
  if (type === 'Limited' && isSet(level['exempt']))
    run.report('core', 'a limited level is not exempt', 'remove it', 'exempt');
  if (type === 'Exempt' && isSet(level['limited']))
    run.report('core', 'an exempt level has no limits', 'remove it', 'limited');
}

function checkResponse(response: JsonObject, run: Run): void {
  if (response['type'] === 'Queue' && !isSet(response['queuing']))
    run.report('core', 'a queue says its length', 'add queuing', 'queuing');
  if (response['type'] === 'Reject' && isSet(response['queuing']))
    run.report('core', 'what rejects does not queue', 'remove it', 'queuing');
}

function checkQueuing(queuing: JsonObject, run: Run): void {
  const [hand, queues] = [Number(queuing['handSize']) || 8, Number(queuing['queues']) || 64];
  if (hand > queues && queues > 0)
    run.report('core', 'the hand is larger than the deck', `write at most ${queues}`, 'handSize');
}

const namespaces = rule.each(rule.text((name) => (name === '*' ? undefined : dnsLabel(name)), 'my-team'));

/** A star stands alone. */
const names: rule.FieldRule = {
  problem: (value) =>
    Array.isArray(value) && value.length > 1 && value.includes('*') ? 'has * beside others' : undefined,
  fix: 'write * alone',
};

const urls = rule.each(
  rule.shape(
    /^(?:\*|\/(?:[^*/]+(?:\/|$))*\*?)$/,
    'a path that starts with / and has a * at most at its end',
    '/metrics',
  ),
);

const allVerbs: rule.FieldRule = {
  problem: (value) => {
    if (Array.isArray(value) && value.length > 1 && value.includes('*')) return 'has * beside others';
    return rule.each(rule.values(...verbs)).problem(value);
  },
  fix: `write one of: ${verbs.join(', ')}`,
};

/** What shares the API server among its clients. */
export const flowTypes: { readonly [type: string]: TypeRules } = {
  'flowcontrol.v1.FlowSchemaSpec': {
    fields: { matchingPrecedence: rule.range(0, 10_000) },
    check: (spec, run) => {
      if (spec['matchingPrecedence'] === 1)
        run.report('core', 'only the schema exempt comes first', 'write at least 2', 'matchingPrecedence');
      if (isEmpty(object(spec['priorityLevelConfiguration'])['name']))
        run.report('core', 'the level is missing', 'add its name', 'priorityLevelConfiguration', 'name');
    },
  },
  'flowcontrol.v1.PriorityLevelConfigurationReference': {
    fields: { name: rule.text(dnsSubdomain, 'my-level') },
  },
  'flowcontrol.v1.FlowDistinguisherMethod': { fields: { type: rule.values('ByUser', 'ByNamespace') } },
  'flowcontrol.v1.PolicyRulesWithSubjects': { check: checkRule },
  'flowcontrol.v1.Subject': { fields: { kind: rule.values(...Object.keys(subjects)) }, check: checkSubject },
  'flowcontrol.v1.ServiceAccountSubject': {
    fields: {
      namespace: rule.text(dnsLabel, 'my-team'),
      name: rule.text((name) => (name === '*' ? undefined : dnsSubdomain(name)), 'my-app'),
    },
  },
  'flowcontrol.v1.ResourcePolicyRule': {
    fields: { verbs: allVerbs, namespaces, apiGroups: names, resources: names },
    check: checkResourceRule,
  },
  'flowcontrol.v1.NonResourcePolicyRule': { fields: { verbs: allVerbs, nonResourceURLs: urls } },
  'flowcontrol.v1.PriorityLevelConfigurationSpec': {
    fields: { type: rule.values('Exempt', 'Limited') },
    check: checkLevel,
  },
  'flowcontrol.v1.LimitedPriorityLevelConfiguration': {
    structs: ['limitResponse'],
    fields: {
      nominalConcurrencyShares: rule.notNegative,
      lendablePercent: rule.range(0, 100),
      borrowingLimitPercent: rule.notNegative,
    },
  },
  'flowcontrol.v1.LimitResponse': {
    required: ['type'],
    fields: { type: rule.values('Queue', 'Reject') },
    check: checkResponse,
  },
  'flowcontrol.v1.QueuingConfiguration': {
    fields: { queues: rule.notNegative, handSize: rule.notNegative, queueLengthLimit: rule.notNegative },
    check: checkQueuing,
  },
};
