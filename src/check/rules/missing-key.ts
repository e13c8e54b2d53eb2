import { type EstateObject, mapIn, type Reference } from '../../estate';
import { madeFor } from '../../estate/provides';
import { describeTarget } from '../../link';
import { nearest } from '../../schema/nearest';
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
      const keys = key === undefined ? undefined : keysOf(reference, scope);
      if (key === undefined || !keys || keys.includes(key)) continue;
      const object = scope.find(reference.from);
      const near = nearest(key, keys);
      const message = `${describeTarget(reference.target)} has no key ${key}`;
      const fix =
        near === undefined
          ? `write one of its keys, ${listed(keys) || 'of which it has none yet'}, or add ${key} to it`
          : `write ${near}`;
      yield { ...(object && { object }), path: reference.path, message, fix };
    }
  },
};

/** The keys of the ConfigMap or Secret of a reference, where they are known to be all. */
function keysOf({ target, to, optional }: Reference, { find }: CheckScope): readonly string[] | undefined {
  if (optional) return undefined;
  const holder = find(idOf(target));
  if (holder) return holder.kind === 'ConfigMap' || holder.kind === 'Secret' ? keysIn(holder) : undefined;
  const maker = to === undefined ? undefined : find(to);
  const made = maker && madeFor(maker);
  return made?.find(({ kind, name }) => kind === target.kind && name === target.name)?.keys;
}

function keysIn({ body }: EstateObject): string[] {
  return ['data', 'stringData', 'binaryData'].flatMap((field) => Object.keys(mapIn(body, field)));
}
