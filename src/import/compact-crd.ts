import type { JsonObject } from '../estate';
import { compact } from '../schema/compact';
import { readCrd } from '../schema/crd';
import { withObjectMeta } from '../schema/object-meta';
import { shareNodes } from '../schema/share';
import type { KindSchema } from '../schema/types';

/**
 * A CRD reduced to what judges objects: one schema for each version, the storage version first, all with the
 * same `defs`, in which everything is that occurs more than once.
 * @throws Where it is no CRD that Kubernetes would take.
 */
export function compactCrd(crd: JsonObject): KindSchema[] {
  const { info, versions } = readCrd(crd);
  const { roots, defs } = shareNodes(versions.map(({ schema }) => withObjectMeta(compact(schema))));
  return versions.map(({ name }, position) => ({ ...info, version: name, root: roots[position]!, defs }));
}
