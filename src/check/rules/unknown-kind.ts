import { coreGroups, describe, type EstateObject, groupOf, kindOf } from '../../estate';
import { fluxGroups } from '../../link/tables/built-in';
import { grouped } from '../facts/grouped';
import { perScope } from '../facts/per-scope';
import { listed } from '../facts/text';
import { typesOf } from '../facts/types';
import type { Rule, Violation } from '../rule';

export const unknownKind: Rule = {
  id: 'unknown-kind',
  title: 'Every kind is one whose schema is known.',
  severity: 'note',
  why: 'What nobody knows cannot be checked: its objects are written as they are. In a group of Kubernetes or Flux themselves a kind that nobody knows is a typing mistake, and an error.',
  bad: `apiVersion: apps/v1
kind: Deploymnt`,
  good: `apiVersion: apps/v1
kind: Deployment`,
  check: (scope) => [...unknownKinds(scope)].map(([kind, objects]) => violation(kind, objects)),
};

const unknownKinds = perScope((scope): ReadonlyMap<string, readonly EstateObject[]> => {
  const unknown = typesOf(scope).filter(({ group, kind }) => !scope.registry.info(group, kind));
  return grouped(
    unknown.flatMap(({ objects }) => objects),
    kindOf,
  );
});

function violation(kind: string, objects: readonly EstateObject[]): Violation {
  const object = objects[0] as EstateObject;
  const group = groupOf(object.apiVersion);
  const path = 'kind';
  if (object.kind === '' || object.apiVersion === '') {
    return {
      object,
      severity: 'error',
      message: 'an object without apiVersion or kind',
      fix: 'write both, e.g. apiVersion: v1, kind: ConfigMap',
    };
  }
  if (coreGroups.has(group) || fluxGroups.has(group)) {
    const message = `there is no kind ${object.kind} in ${object.apiVersion}`;
    return {
      object,
      path,
      severity: 'error',
      message,
      fix: 'look at the spelling of kind, and at the group in apiVersion',
    };
  }
  const message = `nobody knows the schema of ${kind}: ${listed(objects.map(describe))} cannot be checked`;
  return { object, path, message, fix: 'import its CRD: fluxwright import <file or URL of the CRD>' };
}
