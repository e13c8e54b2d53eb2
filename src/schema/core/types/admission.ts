import type { Json, JsonObject } from '../../../estate';
import { parse } from '../../cel/parser';
import { dns1035Label, dnsSubdomain, pathSegment, type TextCheck } from '../../validate/names';
import type { Run } from '../../validate/violation';
import * as rule from '../field-rules';
import { asText, duplicate, isEmpty, object, textOf } from '../field-rules';
import type { TypeRules } from '../type-rules';

/** An expression that can at least be read; what it means is left to the server. */
const expression: TextCheck = (text) => {
  try {
    parse(text);
    return undefined;
  } catch (error) {
    return `is no expression: ${(error as Error).message}`;
  }
};

/** An expression that can be read. */
export const expressionRule = rule.text(expression, "object.metadata.name != ''");

const webhookName: TextCheck = (name) =>
  dnsSubdomain(name) ?? (name.split('.').length < 3 ? 'must have at least three parts' : undefined);

function checkWebhook(webhook: JsonObject, run: Run): void {
  const versions = webhook['admissionReviewVersions'];
  if (!Array.isArray(versions) || versions.length === 0) return;
  if (!versions.some((version) => version === 'v1' || version === 'v1beta1')) {
    run.report('core', 'the server speaks v1 and v1beta1', 'add v1', 'admissionReviewVersions');
  }
  const twice = duplicate((versions as readonly Json[]).map(textOf));
  if (twice)
    run.report('core', `${twice.key} is there twice`, 'remove one', 'admissionReviewVersions', twice.index);
}

/** A star is everything, so nothing can stand beside it. */
function checkStars(value: JsonObject, run: Run): void {
  for (const field of ['operations', 'apiGroups', 'apiVersions']) {
    const items = value[field];
    if (Array.isArray(items) && items.length > 1 && items.includes('*'))
      run.report('core', '* stands alone', 'remove the others', field);
  }
  const resources = Array.isArray(value['resources']) ? (value['resources'] as readonly Json[]) : [];
  if (isCoveredTwice(resources.map(asText)))
    run.report('core', 'a star already stands for the others', 'remove them', 'resources');
}

/** Whether a star stands beside what it covers, as far as the server sees it: it goes by the order of the list. */
function isCoveredTwice(resources: readonly string[]): boolean {
  const whole = resources.filter((name) => !name.includes('/'));
  if (resources.length > 1 && resources.includes('*/*')) return true;
  if (whole.includes('*') && whole.at(-1) !== '*') return true;
  return resources.some((name, index) => {
    const [resource, part] = name.split(/\/(.*)/s);
    const before = new Set(resources.slice(0, index));
    return part !== undefined && (before.has(`${resource}/*`) || before.has(`*/${part}`));
  });
}

function checkPolicy(policy: JsonObject, run: Run): void {
  if (isEmpty(policy['validations']) && isEmpty(policy['auditAnnotations']))
    run.report('core', 'the policy decides nothing', 'add validations', 'validations');
  if (isEmpty(object(policy['matchConstraints'])['resourceRules']))
    run.report('core', 'the policy is for nothing', 'add resourceRules', 'matchConstraints', 'resourceRules');
}

function checkServicePath(service: JsonObject, run: Run): void {
  const { path } = service;
  if (typeof path !== 'string' || path === '') return;
  const parts = path.replace(/\/$/, '').split('/').slice(1);
  if (!path.startsWith('/')) run.report('core', 'the path must start with /', 'write e.g. /check', 'path');
  else if (path !== '/' && parts.some((part) => part === '' || dnsSubdomain(part)))
    run.report('core', 'each part of the path must be a DNS name', 'write e.g. /check', 'path');
}

const groupVersion: TextCheck = (text) => {
  const parts = text.split('/');
  if (parts.length > 2) return 'must be a group and a version';
  const group = parts.length === 2 ? parts[0]! : 'core';
  return dnsSubdomain(group) ?? dns1035Label(parts.at(-1)!);
};

const words = (...allowed: readonly string[]): rule.FieldRule => rule.each(rule.values(...allowed));

const webhook: TypeRules = {
  neverEmpty: ['failurePolicy', 'matchPolicy', 'sideEffects', 'reinvocationPolicy'],
  fields: {
    name: rule.text(webhookName, 'check.example.org'),
    timeoutSeconds: rule.range(1, 30),
    sideEffects: rule.values('None', 'NoneOnDryRun'),
    admissionReviewVersions: rule.each(rule.text(dns1035Label, 'v1')),
  },
  check: checkWebhook,
};

const names = rule.each(rule.shape(/[^]/, 'a name or *', '*'));

const operations: TypeRules = {
  required: ['apiGroups', 'apiVersions', 'operations', 'resources'],
  fields: {
    operations: words('CREATE', 'UPDATE', 'DELETE', 'CONNECT', '*'),
    scope: rule.values('Cluster', 'Namespaced', '*'),
    apiVersions: names,
    resources: names,
  },
  neverEmpty: ['scope'],
  check: checkStars,
};

const https = /^https:\/\/[^/?#@\s]+(?:\/[^?#]*)?$/i;

/** What judges objects before they are stored. */
export const admissionTypes: { readonly [type: string]: TypeRules } = {
  'admissionregistration.v1.ValidatingWebhook': webhook,
  'admissionregistration.v1.MutatingWebhook': webhook,
  'admissionregistration.v1.WebhookClientConfig': {
    neverEmpty: ['url'],
    exactlyOne: ['url', 'service'],
    fields: { url: rule.shape(https, 'an https address without a query', 'https://example.org/check') },
  },
  'admissionregistration.v1.ServiceReference': { fields: { port: rule.port }, check: checkServicePath },
  'admissionregistration.v1.RuleWithOperations': operations,
  'admissionregistration.v1.NamedRuleWithOperations': operations,
  'admissionregistration.v1.AuditAnnotation': {
    fields: { key: rule.key, valueExpression: expressionRule },
  },
  'admissionregistration.v1.ParamKind': {
    required: ['apiVersion', 'kind'],
    fields: {
      apiVersion: rule.text(groupVersion, 'v1'),
      kind: rule.text((kind) => dns1035Label(kind.toLowerCase()), 'ConfigMap'),
    },
  },
  'admissionregistration.v1.ParamRef': {
    required: ['parameterNotFoundAction'],
    fields: {
      name: rule.text(pathSegment, 'my-parameters'),
      parameterNotFoundAction: rule.values('Deny', 'Allow'),
    },
    check: ({ name, selector }, run) => {
      if (isEmpty(name) === !rule.isSet(selector))
        run.report('core', 'parameters are found by name or by selector', 'write one of the two', 'name');
    },
  },
  'admissionregistration.v1.MatchCondition': { fields: { name: rule.key, expression: expressionRule } },
  'admissionregistration.v1.ValidatingAdmissionPolicySpec': {
    required: ['matchConstraints'],
    neverEmpty: ['failurePolicy'],
    check: checkPolicy,
  },
  'admissionregistration.v1.MatchResources': { neverEmpty: ['matchPolicy'] },
  'admissionregistration.v1.Variable': {
    fields: {
      name: rule.shape(/^[_a-zA-Z][_a-zA-Z0-9]*$/, 'letters, digits and underscores', 'replicas'),
      expression: expressionRule,
    },
  },
  'admissionregistration.v1.Validation': {
    fields: {
      expression: expressionRule,
      messageExpression: expressionRule,
      reason: rule.values('Unauthorized', 'Forbidden', 'Invalid', 'RequestEntityTooLarge'),
    },
    neverEmpty: ['reason'],
  },
  'admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec': {
    required: ['policyName', 'validationActions'],
    fields: {
      policyName: rule.text(dnsSubdomain, 'my-policy'),
      validationActions: words('Deny', 'Warn', 'Audit'),
    },
    check: ({ validationActions: actions }, run) => {
      if (Array.isArray(actions) && actions.includes('Deny') && actions.includes('Warn'))
        run.report('core', 'Deny and Warn exclude each other', 'keep one of them', 'validationActions');
    },
  },
};
