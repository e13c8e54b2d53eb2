import type { IConstruct } from 'constructs';
import type { Provided } from '../estate';

const declared = new WeakMap<IConstruct, readonly Provided[]>();

/**
 * Say what an object brings besides itself, where no table knows it: what an operator makes for a custom
 * resource, what a chart installs.
 *
 * @example
 * provides(database, [{ kind: 'Service', namespace: 'shop', name: 'orders-rw' }]);
 */
export function provides(construct: IConstruct, objects: readonly Provided[]): void {
  declared.set(construct, [...providedOf(construct), ...objects]);
}

/** What was said of a construct with `provides`. */
export function providedOf(construct: IConstruct): readonly Provided[] {
  return declared.get(construct) ?? [];
}
