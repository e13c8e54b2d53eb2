import { kindOf, type EstateObject, type JsonObject } from '../../estate';
import { validate, type Violation as SchemaViolation } from '../../schema/validate';
import { statefulSetWay } from '../facts/safe-way';
import type { CheckScope, Rule } from '../rule';

export const transition: Rule = {
  id: 'transition',
  title: 'No change is one that the API server forbids.',
  severity: 'error',
  why: 'Some rules of a custom resource compare it with what it was. The server refuses the change, and the unit stays at its last revision.',
  bad: `storage: { size: 5Gi }   # was 10Gi, and the CRD says: self.size >= oldSelf.size`,
  good: `storage: { size: 20Gi }`,
  *check(scope) {
    for (const { object, violation } of changes(scope)) {
      if (violation.rule === 'cel')
        yield { object, path: violation.path, message: violation.message, fix: violation.fix };
    }
  },
};

export const immutableField: Rule = {
  id: 'immutable-field',
  title: 'No field changes that can only be set once.',
  severity: 'error',
  why: 'The API server refuses the change, and with it everything else in the unit. What has to change needs a new object, and a way to get there without losing what the old one holds.',
  bad: `spec: { selector: { matchLabels: { app: shop } } }   # was app: web`,
  good: `# a Deployment of another name beside the old one; then remove the old one`,
  *check(scope) {
    for (const { object, before, violation } of changes(scope)) {
      if (violation.rule !== 'immutable') continue;
      const fix = safeWay(object, before, violation.path, scope.unitOf(object)) ?? violation.fix;
      yield { object, path: violation.path, message: violation.message, fix };
    }
  },
};

interface Change {
  readonly object: EstateObject;
  readonly before: JsonObject;
  readonly violation: SchemaViolation;
}

/** What the server would say of each change that it would not say of the new object alone. */
function* changes({ comparison, registry }: CheckScope): Iterable<Change> {
  for (const { before, after } of comparison?.changed ?? []) {
    const schema = registry.kind(after.apiVersion, after.kind);
    if (!schema || after.verbatim !== undefined) continue;
    const alone = new Set(validate(schema, after.body).map(({ path, message }) => `${path} ${message}`));
    for (const violation of validate(schema, after.body, before.body)) {
      if (!alone.has(`${violation.path} ${violation.message}`))
        yield { object: after, before: before.body, violation };
    }
  }
}

/** What makes a forbidden change without losing data, where there is such a way. */
function safeWay(
  object: EstateObject,
  before: JsonObject,
  path: string,
  unit = '<unit>',
): string | undefined {
  if (kindOf(object) === 'apps/StatefulSet') return statefulSetWay(object, before, unit);
  if (kindOf(object) === 'PersistentVolumeClaim') return claimWay(object, path);
  if (kindOf(object) === 'batch/Job')
    return 'give the Job a name that changes with its content, e.g. with a hash or a version at its end';
  return undefined;
}

function claimWay({ name, namespace = '' }: EstateObject, path: string): string {
  if (path.includes('storage'))
    return `a claim never shrinks: make a new one, copy the data, and remove ${namespace}/${name} afterwards`;
  return `make a claim of another name beside ${namespace}/${name}, copy the data, and remove the old one afterwards`;
}
