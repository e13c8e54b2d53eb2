import { namespacesUnit, rootUnit } from '../construct/defaults';
import { kindOf } from '../estate';
import { crdName } from '../link';
import { crdKind } from '../link/providers';
import type { ClusterEstate, EstateObject } from '../estate';
import type { SchemaRegistry } from '../schema/types';

/**
 * The unit of each object. It depends on the object's kind and its chart alone, never on what else is there, so
 * that adding one thing moves no other: custom resources whose CRD the same chart brings follow it in
 * `<chart>-custom`, all Namespaces are together, everything else is in the chart's own unit.
 */
export function place(cluster: ClusterEstate, registry: SchemaRegistry): ReadonlyMap<EstateObject, string> {
  const bringers = crdBringers(cluster);
  return new Map(
    cluster.objects.map((object) => {
      if (kindOf(object) === 'Namespace') return [object, namespacesUnit];
      if (object.chart === rootUnit) return [object, rootUnit];
      const custom = bringers.size > 0 && bringers.get(crdName(object, registry)) === object.chart;
      return [object, custom ? `${object.chart}-custom` : object.chart];
    }),
  );
}

/** CRD → the chart that brings it, for the CRDs that objects of this cluster need. */
function crdBringers(cluster: ClusterEstate): ReadonlyMap<string, string> {
  const charts = new Map(cluster.objects.map((object) => [object.id, object.chart]));
  const needed = cluster.references.filter(({ target, to }) => target.kind === crdKind && to !== undefined);
  return new Map(needed.map(({ target, to }) => [target.name, charts.get(to as string) ?? '']));
}
