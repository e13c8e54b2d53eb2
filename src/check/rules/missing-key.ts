import {
  annotationsOf,
  type EstateObject,
  labelsOf,
  listIn,
  mapIn,
  type Reference,
  textIn,
} from '../../estate';
import { madeFor } from '../../estate/provides';
import { describeTarget } from '../../link';
import { nearest } from '../../schema/nearest';
import { parsePath } from '../../schema/validate/violation';
import { idOf, listed } from '../facts/text';
import type { CheckScope, Rule, Violation } from '../rule';

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
      if (reference.target.key === undefined && !holders.has(reference.target.kind)) continue;
      const object = scope.find(reference.from);
      const uses = usesOf(reference, object);
      const keys = uses.length === 0 ? undefined : keysOf(reference, scope);
      if (!keys) continue;
      for (const { key, path } of uses) {
        if (!keys.includes(key))
          yield { ...(object && { object }), path, ...violation(reference, key, keys) };
      }
    }
  },
};

/** What volumes take keys out of; most references are to something else, and are many. */
const holders: ReadonlySet<string> = new Set(['ConfigMap', 'Secret']);

function violation(
  { target }: Reference,
  key: string,
  keys: readonly string[],
): Pick<Violation, 'message' | 'fix'> {
  const near = nearest(key, keys);
  const fix =
    near === undefined
      ? `write one of its keys, ${listed(keys) || 'of which it has none yet'}, or add ${key} to it`
      : `write ${near}`;
  return { message: `${describeTarget(target)} has no key ${key}`, fix };
}

/** A key that is taken out of a ConfigMap or Secret, and the field that says so. */
interface KeyUse {
  readonly key: string;
  readonly path: string;
}

/** The one key beside a name, or those that a volume lists. */
function usesOf({ path, target }: Reference, object: EstateObject | undefined): readonly KeyUse[] {
  if (target.key !== undefined) return [{ key: target.key, path }];
  const source = volumeSource.exec(path)?.[1];
  if (source === undefined) return [];
  return listIn(object?.body, ...parsePath(source), 'items').flatMap((item, index) => {
    const key = textIn(item, 'key');
    return key === undefined ? [] : [{ key, path: `${source}.items[${index}].key` }];
  });
}

const volumeSource = /^(.*\.volumes\[.*\.(?:configMap|secret))\.(?:name|secretName)$/;

/** The keys of the ConfigMap or Secret of a reference, where they are known to be all. */
function keysOf({ target, to, optional }: Reference, { find }: CheckScope): readonly string[] | undefined {
  if (optional) return undefined;
  const holder = find(idOf(target));
  if (holder) return isFilledLater(holder) ? undefined : keysIn(holder);
  const maker = to === undefined ? undefined : find(to);
  const made = maker && madeFor(maker);
  return made?.find(({ kind, name }) => kind === target.kind && name === target.name)?.keys;
}

/** Some keys are put in by the cluster: the token of an account, the CA that somebody injects. */
function isFilledLater({ kind, body }: EstateObject): boolean {
  if (!holders.has(kind)) return true;
  const marks = Object.keys({ ...labelsOf(body), ...annotationsOf(body) });
  const isToken = textIn(body, 'type') === 'kubernetes.io/service-account-token';
  return isToken || marks.some((mark) => mark.includes('inject'));
}

function keysIn({ body }: EstateObject): string[] {
  return ['data', 'stringData', 'binaryData'].flatMap((field) => Object.keys(mapIn(body, field)));
}
