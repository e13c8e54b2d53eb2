import { listIn, type Reference, type Strength, textIn } from '../../estate';
import { crdKind, describeTarget } from '../../link';
import { isWrongKind } from '../facts/kind-families';
import { namespacesWith, nearName } from '../facts/known-names';
import { externalLine, idOf, listed } from '../facts/text';
import type { CheckScope, Rule, Violation } from '../rule';

export const danglingReference: Rule = {
  id: 'dangling-reference',
  title: 'Everything that an object names is there.',
  severity: 'error',
  why: 'A pod whose Secret is missing stays in CreateContainerConfigError, a host name without a Service is never answered, a HelmRelease without its source waits for ever. Flux reports it minutes after the commit; here it is an error before.',
  bad: `env:
  - name: TOKEN
    valueFrom: { secretKeyRef: { name: card-gatewy, key: token } }`,
  good: `env:
  - name: TOKEN
    valueFrom: { secretKeyRef: { name: card-gateway, key: token } }`,
  *check(scope) {
    for (const reference of scope.cluster.references)
      if (dangles(reference, scope)) yield violation(reference, scope);
  },
};

/** Kinds whose absence other rules report: once, not for every object that needs them. */
const reportedElsewhere = new Set(['Namespace', crdKind]);

function dangles(reference: Reference, scope: CheckScope): boolean {
  const { verdict, optional, target } = reference;
  if (verdict !== 'absent' || optional || reportedElsewhere.has(target.kind)) return false;
  if (scope.find(idOf(target)) || isWrongKind(scope, target)) return false;
  return !(reference.from.startsWith('apps/StatefulSet/') && isOwnBusiness(reference, scope));
}

/** Its Service is another rule's business; a volume of the name of a claim template is replaced by that claim. */
function isOwnBusiness({ from, path }: Reference, scope: CheckScope): boolean {
  if (path === 'spec.serviceName') return true;
  const [, index] = /^spec\.template\.spec\.volumes\[(\d+)\]\.persistentVolumeClaim/.exec(path) ?? [];
  const body = index === undefined ? undefined : scope.find(from)?.body;
  const volume = textIn(body, 'spec', 'template', 'spec', 'volumes', Number(index), 'name');
  const templates = listIn(body, 'spec', 'volumeClaimTemplates');
  return (
    volume !== undefined && templates.some((template) => textIn(template, 'metadata', 'name') === volume)
  );
}

function violation({ from, path, target, strength }: Reference, scope: CheckScope): Violation {
  const object = scope.find(from);
  const message = `${describeTarget(target)} is nowhere in this cluster: ${consequence[strength]}`;
  return { ...(object && { object }), path, message, fix: fixFor({ target, path }, scope) };
}

const consequence: { readonly [strength in Strength]: string } = {
  admission: 'the API server refuses the object without it',
  start: 'nothing starts without it',
  runtime: 'what names it finds nothing there',
};

function fixFor({ target, path }: Pick<Reference, 'target' | 'path'>, scope: CheckScope): string {
  const near = nearName(scope, target);
  const outside = `or say where it comes from: ${externalLine(target)}`;
  if (near !== undefined) return `write ${near}, ${outside}`;
  const others = namespacesWith(scope, target.kind, target.name).filter(
    (namespace) => namespace !== target.namespace,
  );
  if (others.length === 0 || target.namespace === undefined)
    return `make ${describeTarget(target)}, ${outside}`;
  if (target.kind === 'Service' && !/\.name$|serviceName$/.test(path)) {
    return `write ${target.name}.${others[0]}.svc: the Service is in ${listed(others)}`;
  }
  return `it is in ${listed(others)}: make it in ${target.namespace} as well, or move the object there`;
}
