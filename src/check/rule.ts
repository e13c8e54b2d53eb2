import type { ClusterEstate, Estate, EstateObject, Origin, Profile, Severity } from '../estate';
import type { SchemaRegistry } from '../schema/types';
import type { UnitEdge } from '../units';
import type { Comparison } from './comparison';

/** One thing that a rule has found. */
export interface Violation {
  /** The object that is wrong; without one the finding is about the cluster. */
  readonly object?: EstateObject;
  /** The field of it. */
  readonly path?: string;
  readonly message: string;
  /** What to write instead. */
  readonly fix: string;
  /** Where to look, if not where the object was made. */
  readonly origin?: Origin;
  /** How bad it is, where one rule finds better and worse. */
  readonly severity?: Severity;
}

/** A rule: a name, its page in `docs/rules.md`, and a function from a cluster to what is wrong with it. */
export interface Rule {
  /** E.g. `dangling-reference`. */
  readonly id: string;
  /** What holds when the rule does, in one sentence. */
  readonly title: string;
  readonly severity: Severity | { readonly [profile in Profile]: Severity };
  /** Why: what happens in a cluster where it does not hold. */
  readonly why: string;
  /** A manifest, or TypeScript, that breaks the rule. */
  readonly bad: string;
  /** The same, mended. */
  readonly good: string;
  readonly check: (scope: CheckScope) => Iterable<Violation>;
}

/** All that a rule may look at. */
export interface CheckScope {
  readonly cluster: ClusterEstate;
  readonly estate: Estate;
  readonly registry: SchemaRegistry;
  /** The objects of a kind, by the kind with its group: `Service`, `apps/StatefulSet`. */
  readonly of: (kind: string) => readonly EstateObject[];
  /** An object by its identity. */
  readonly find: (id: string) => EstateObject | undefined;
  /** The unit that an object is in. */
  readonly unitOf: (object: EstateObject) => string | undefined;
  /** Units that wait for each other in a circle. */
  readonly cycles: readonly (readonly UnitEdge[])[];
  /** What has changed since the committed tree; absent where there is none. */
  readonly comparison?: Comparison;
}
