import type { Target } from '../../estate';
import { kindOf } from '../../estate';
import { nearest } from '../../schema/nearest';
import type { CheckScope } from '../rule';
import { perScope } from './per-scope';
import { releasesOf } from './releases';

/** Kind → name → namespaces (empty for cluster-scoped) of all that is there, is brought, or is known to be. */
const namesOf = perScope((scope): ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>> => {
  const kinds = new Map<string, Map<string, Set<string>>>();
  const add = (kind: string, name: string, namespace = ''): void => {
    const names = kinds.get(kind) ?? new Map<string, Set<string>>();
    kinds.set(kind, names);
    names.set(name, (names.get(name) ?? new Set()).add(namespace));
  };
  const { cluster } = scope;
  for (const object of cluster.objects) {
    add(kindOf(object), object.name, object.namespace);
    for (const { kind, name, namespace } of object.provides ?? []) add(kind, name, namespace);
  }
  for (const { brings = [] } of releasesOf(scope))
    for (const one of brings) add(kindOf(one), one.name, one.namespace);
  for (const { target, verdict } of cluster.references)
    if (verdict === 'present') add(target.kind, target.name, target.namespace);
  return kinds;
});

/** The namespaces that have something of this kind and name. */
export function namespacesWith(scope: CheckScope, kind: string, name: string): readonly string[] {
  return [...(namesOf(scope).get(kind)?.get(name) ?? [])].sort();
}

/** The name of the same kind and namespace that somebody probably meant. */
export function nearName(scope: CheckScope, { kind, name, namespace = '' }: Target): string | undefined {
  const names = namesOf(scope).get(kind);
  if (!names) return undefined;
  const here = [...names].filter(([, namespaces]) => namespaces.has(namespace)).map(([known]) => known);
  return nearest(name, here.slice(0, mostNames));
}

/** Comparing takes time: a namespace with more names than this gets a suggestion out of the first ones. */
const mostNames = 2000;
