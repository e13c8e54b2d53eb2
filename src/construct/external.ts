import type { Construct } from 'constructs';
import type { External } from '../estate';
import { Cluster } from './cluster';

/**
 * Say that something comes from elsewhere, and why: an operator makes it, a person does, another team owns it.
 * References to it are then present, and no `dependsOn` follows from them.
 *
 * @example
 * external(this, { kind: 'Secret', namespace: 'shop', name: 'card-gateway', reason: 'made by hand, see ops/secrets.md' });
 */
export function external(scope: Construct, what: External): void {
  if (what.reason.trim() === '') throw new Error(`external ${what.kind} ${what.name} needs a reason`);
  Cluster.of(scope).addExternal(what);
}
