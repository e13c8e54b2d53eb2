import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';

/** The annotation that silences a rule for one object: `ignore.fluxwright.dev/<rule>: <reason>`. */
export const ignorePrefix = 'ignore.fluxwright.dev/';

/**
 * Silence a rule for one object, with the reason, which is written into the manifest. Of a `Program` that is its
 * Deployment, of a `StatefulCluster` its StatefulSet.
 *
 * @example
 * ignore(deployment, 'probe-missing', 'a batch importer: nothing connects to it');
 */
export function ignore(construct: Construct, rule: string, reason: string): void {
  if (reason.trim() === '') throw new Error(`ignoring ${rule} on ${construct.node.path} needs a reason`);
  const object = ApiObject.isApiObject(construct) ? construct : construct.node.defaultChild;
  if (!object || !ApiObject.isApiObject(object))
    throw new Error(
      `${construct.node.path} is several objects, ${partsOf(construct)}: ignore ${rule} on one of them`,
    );
  object.metadata.addAnnotation(ignorePrefix + rule, reason);
}

function partsOf(construct: Construct): string {
  const parts = construct.node.findAll().filter((part) => ApiObject.isApiObject(part));
  return parts
    .map(({ node }) => `node.findChild('${node.path.slice(construct.node.path.length + 1)}')`)
    .join(', ');
}
