import { oncePer } from '../../estate';
import type { CheckScope } from '../rule';

/** Compute something once for each scope, however many rules ask for it. */
export function perScope<T>(make: (scope: CheckScope) => T): (scope: CheckScope) => T {
  return oncePer(make);
}
