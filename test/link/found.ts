import type { ClusterEstate, Reference } from '../../src/estate';
import { link } from '../../src/link';
import { openRegistry, packageImports } from '../../src/schema/registry';
import { draft } from '../check/support';

const registry = openRegistry([packageImports()]);

/** What the objects of some YAML refer to in their fields, as `path -> kind namespace/name: verdict, strength`. */
export function found(yaml: string): string[] {
  return linked(yaml)
    .references.filter(({ path }) => path !== 'apiVersion' && path !== 'metadata.namespace')
    .map(text);
}

/** A cluster of the objects of some YAML, linked. */
export function linked(yaml: string): ClusterEstate {
  const { info, objects } = draft({ all: yaml });
  return link({ info, objects, references: [], edges: [], units: [] }, registry);
}

function text({ path, target, verdict, strength, optional, to }: Reference): string {
  const name = target.namespace === undefined ? target.name : `${target.namespace}/${target.name}`;
  const by = to === undefined ? '' : ` by ${to.slice(to.indexOf('/') + 1).replace(/\/.*\//, ' ')}`;
  return `${path} -> ${target.kind} ${name}: ${verdict}${by}, ${optional ? 'optional' : strength}`;
}
