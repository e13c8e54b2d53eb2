import { namespacesUnit, rootUnit } from '../construct/defaults';
import { append, type ClusterEstate, type Edge, type EstateObject, type Unit } from '../estate';
import type { SchemaRegistry } from '../schema/types';
import { healthChecks } from './health';
import { kustomization } from './kustomization';
import { order, type UnitEdge, unitEdges } from './order';
import { place } from './place';
import { protect } from './protect';

/** The units of a cluster in their order, and the circles that have none. */
export interface Ordered {
  readonly cluster: ClusterEstate;
  readonly cycles: readonly (readonly UnitEdge[])[];
}

/** Cut a linked cluster into units, put them in order, and make the Kustomizations that tell Flux. */
export function cut(cluster: ClusterEstate, registry: SchemaRegistry): Ordered {
  const unitOf = placedById(cluster, place(cluster, registry));
  const members = groupByUnit(cluster.objects, unitOf);
  const names = [...members.keys()].filter((name) => name !== rootUnit).sort();
  const between = unitEdges(cluster.edges, (id) => withoutRoot(unitOf.get(id)));
  const { dependsOn, cycles } = order(names, between);
  const incoming = incomingEdges(between, dependsOn);
  const units = names.map((name): Unit => {
    const objects = members.get(name) as EstateObject[];
    const depends = dependsOn.get(name) ?? [];
    const checks = healthChecks(objects, incoming.get(name) ?? []);
    return {
      name,
      chart: objects[0]?.chart ?? name,
      objects,
      prune: name !== namespacesUnit,
      dependsOn: depends,
      healthChecks: checks,
    };
  });
  return { cluster: withRoot(cluster, units, members.get(rootUnit) ?? []), cycles };
}

/** The root Kustomization comes from the bootstrap and waits for nothing, so nothing waits for it. */
function withoutRoot(unit: string | undefined): string | undefined {
  return unit === rootUnit ? undefined : unit;
}

function placedById(
  cluster: ClusterEstate,
  placed: ReadonlyMap<EstateObject, string>,
): ReadonlyMap<string, string> {
  return new Map(cluster.objects.map((object) => [object.id, placed.get(object) as string]));
}

function groupByUnit(
  objects: readonly EstateObject[],
  unitOf: ReadonlyMap<string, string>,
): Map<string, EstateObject[]> {
  const groups = new Map<string, EstateObject[]>();
  for (const object of objects) append(groups, unitOf.get(object.id) as string, protect(object));
  return groups;
}

function incomingEdges(
  between: readonly UnitEdge[],
  dependsOn: ReadonlyMap<string, readonly string[]>,
): Map<string, Edge[]> {
  const incoming = new Map<string, Edge[]>();
  for (const { from, to, edges } of between) {
    if (!dependsOn.get(from)?.includes(to)) continue;
    for (const edge of edges) append(incoming, to, edge);
  }
  return incoming;
}

function withRoot(
  cluster: ClusterEstate,
  units: readonly Unit[],
  sources: readonly EstateObject[],
): ClusterEstate {
  const awaited = new Set(units.flatMap(({ dependsOn }) => dependsOn));
  const own = units.map((unit) => kustomization(unit, cluster.info, awaited.has(unit.name)));
  const objects = [...sources, ...own];
  const root: Unit = {
    name: rootUnit,
    chart: rootUnit,
    objects,
    prune: true,
    dependsOn: [],
    healthChecks: [],
  };
  return {
    ...cluster,
    objects: [...units.flatMap((unit) => unit.objects), ...objects],
    units: [root, ...units],
  };
}
