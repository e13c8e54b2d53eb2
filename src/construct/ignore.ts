import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

/** The annotation that silences a rule for one object: `ignore.fluxwright.dev/<rule>: <reason>`. */
export const ignorePrefix = 'ignore.fluxwright.dev/';

/**
 * Silence a rule for one object, with the reason, which is written into the manifest.
 *
 * @example
 * ignore(deployment, 'probe-missing', 'a batch importer: nothing connects to it');
 */
export function ignore(construct: Construct, rule: string, reason: string): void {
  if (reason.trim() === '') throw new Error(`ignoring ${rule} on ${construct.node.path} needs a reason`);
  ApiObject.of(construct).metadata.addAnnotation(ignorePrefix + rule, reason);
}
