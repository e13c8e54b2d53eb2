import { describe, type EstateObject, mapIn, type Reference } from '../../estate';
import { nearestName } from '../../schema/unknown-values';
import { idOf, listed } from '../facts/text';
import type { CheckScope, Rule } from '../rule';

export const missingKey: Rule = {
  id: 'missing-key',
  title: 'A key that is taken out of a ConfigMap or Secret is in it.',
  severity: 'error',
  why: 'The container is not started: CreateContainerConfigError, "couldn\'t find key". A HelmRelease or Kustomization that reads values from there is not reconciled.',
  bad: `env:
  - name: LEVEL
    valueFrom: { configMapKeyRef: { name: settings, key: logLevel } }
---
kind: ConfigMap
metadata: { name: settings }
data: { log-level: info }`,
  good: `env:
  - name: LEVEL
    valueFrom: { configMapKeyRef: { name: settings, key: log-level } }`,
  *check(scope) {
    for (const reference of scope.cluster.references) {
      const { key } = reference.target;
      const holder = key === undefined ? undefined : holderOf(reference, scope);
      if (key === undefined || !holder) continue;
      const keys = keysOf(holder);
      if (keys.includes(key)) continue;
      const object = scope.find(reference.from);
      const near = nearestName(key, keys);
      const message = `${describe(holder)} has no key ${key}`;
      const fix =
        near === undefined
          ? `write one of its keys, ${listed(keys) || 'of which it has none yet'}, or add ${key} to it`
          : `write ${near}`;
      yield { ...(object && { object }), path: reference.path, message, fix };
    }
  },
};

/** The ConfigMap or Secret of a reference, where its keys are known to be all. */
function holderOf({ target, optional }: Reference, { find }: CheckScope): EstateObject | undefined {
  const holder = optional ? undefined : find(idOf(target));
  return holder && (holder.kind === 'ConfigMap' || holder.kind === 'Secret') ? holder : undefined;
}

function keysOf({ body }: EstateObject): string[] {
  return ['data', 'stringData', 'binaryData'].flatMap((field) => Object.keys(mapIn(body, field)));
}
