import type { JsonObject } from '../../estate';
import type { CelRule, KindSchema } from '../types';
import type { Run } from '../validate/violation';
import { ruleTree } from './tree';

/** A rule that cannot be evaluated here, and why. */
export interface SkippedRule {
  readonly rule: string;
  readonly reason: string;
}

/** The rules of one kind, ready to judge its objects. */
export interface CelRules {
  /** Reports every rule that an object breaks; with what it was before, also those about the change. */
  readonly check: (body: JsonObject, previous: JsonObject | undefined, run: Run) => void;
  /** The rules that could not be evaluated so far. */
  readonly skipped: () => readonly SkippedRule[];
}

/** The rules in a schema; undefined where it has none, or none that are judged. */
export function celRules(schema: KindSchema): CelRules | undefined {
  const skipped = new Map<string, string>();
  const skip = (rule: CelRule, reason: string): void => void skipped.set(rule.rule, reason);
  const tree = ruleTree(schema.root, schema.defs, skip);
  if (!tree) return undefined;
  return {
    check: (body, previous, run) => tree(body, previous, run),
    skipped: () => [...skipped].map(([rule, reason]) => ({ rule, reason })),
  };
}
