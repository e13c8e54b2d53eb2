import type { CheckScope } from '../rule';

/** Compute something once for each scope, however many rules ask for it. */
export function perScope<T>(make: (scope: CheckScope) => T): (scope: CheckScope) => T {
  const known = new WeakMap<CheckScope, { readonly made: T }>();
  return (scope) => {
    const before = known.get(scope);
    if (before) return before.made;
    const made = make(scope);
    known.set(scope, { made });
    return made;
  };
}
