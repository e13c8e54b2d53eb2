import { namespacesUnit, rootUnit } from '../construct/defaults';
import type { ClusterEstate, Edge, Estate, EstateObject, Strength } from '../estate';
import { append, describe } from '../estate';

/** What hangs on what, as plain data. */
export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** A unit, or an object. */
export interface GraphNode {
  /** Unique in the graph: `<cluster>/<unit>`, or that and the identity of the object. */
  readonly id: string;
  readonly label: string;
  readonly cluster: string;
  readonly unit: string;
  /** How many objects a unit has. */
  readonly objects?: number;
  /** Where an object is written, e.g. `charts/shop.ts:12`. */
  readonly place?: string;
}

/** One node needs another one. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** The strongest of the needs. */
  readonly strength: Strength;
  /** Whether the unit waits for the other one; needs in a circle of mere conversation order nothing. */
  readonly waits: boolean;
  readonly needs: readonly GraphNeed[];
}

/** One field that makes an edge. */
export interface GraphNeed {
  readonly from: string;
  readonly to: string;
  readonly path: string;
  readonly strength: Strength;
  /** Where the object with the field is written. */
  readonly place?: string;
}

/** What a graph shows. */
export interface GraphOptions {
  /** One cluster alone. */
  readonly cluster?: string;
  /** Every object rather than every unit. */
  readonly objects: boolean;
  /** How a place in the source is written. */
  readonly placeOf: (object: EstateObject) => string | undefined;
}

/** The graph of an estate: its units, or its objects, and what they need. */
export function graphOf({ clusters }: Estate, options: GraphOptions): Graph {
  const chosen = clusters.filter(
    ({ info }) => options.cluster === undefined || info.name === options.cluster,
  );
  const graphs = chosen.map((cluster) =>
    options.objects ? objectGraph(cluster, options) : unitGraph(cluster, options),
  );
  // In an order of their own, so that the same estate gives the same drawing however it was written.
  return {
    nodes: graphs.flatMap(({ nodes }) => nodes).sort((one, other) => compare(one.id, other.id)),
    edges: graphs
      .flatMap(({ edges }) => edges)
      .sort((one, other) => compare(one.from, other.from) || compare(one.to, other.to)),
  };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/**
 * The graph as it is drawn. Every unit waits for its Namespaces, so arrows to these would say nothing and hide the
 * rest; so would the unit with Flux's own Kustomizations, and objects that hang on nothing.
 */
export function drawable({ nodes, edges }: Graph): Graph {
  const kept = new Set(nodes.filter(isDrawn).map(({ id }) => id));
  const drawn = edges.filter(({ from, to }) => kept.has(from) && kept.has(to));
  const joined = new Set(drawn.flatMap(({ from, to }) => [from, to]));
  return {
    nodes: nodes.filter(({ id, objects }) => kept.has(id) && (objects !== undefined || joined.has(id))),
    edges: drawn,
  };
}

function isDrawn({ unit }: GraphNode): boolean {
  return unit !== namespacesUnit && unit !== rootUnit;
}

const order: readonly Strength[] = ['admission', 'start', 'runtime'];

/** The strongest of some strengths. */
export function strongest(strengths: readonly Strength[]): Strength {
  return order.find((strength) => strengths.includes(strength)) ?? 'runtime';
}

function unitGraph(cluster: ClusterEstate, options: GraphOptions): Graph {
  const { name } = cluster.info;
  const units = unitNames(cluster);
  const byPair = new Map<string, Edge[]>();
  for (const edge of cluster.edges) {
    const [from, to] = [units.get(edge.from), units.get(edge.to)];
    if (from !== undefined && to !== undefined && from !== to) append(byPair, `${from} ${to}`, edge);
  }
  const needOf = needs(cluster, options);
  const dependsOn = new Map(cluster.units.map((unit) => [unit.name, new Set(unit.dependsOn)]));
  return {
    nodes: cluster.units.map((unit) => ({
      id: `${name}/${unit.name}`,
      label: unit.name,
      cluster: name,
      unit: unit.name,
      objects: unit.objects.length,
    })),
    edges: [...byPair].map(([pair, edges]) => {
      const [from = '', to = ''] = pair.split(' ');
      const waits = dependsOn.get(from)?.has(to) ?? false;
      return edgeOf(`${name}/${from}`, `${name}/${to}`, edges.map(needOf), waits);
    }),
  };
}

function objectGraph(cluster: ClusterEstate, options: GraphOptions): Graph {
  const { name } = cluster.info;
  const units = unitNames(cluster);
  const idOf = (id: string): string => `${name}/${units.get(id)}/${id}`;
  const byPair = new Map<string, Edge[]>();
  for (const edge of cluster.edges) append(byPair, `${edge.from} ${edge.to}`, edge);
  const needOf = needs(cluster, options);
  return {
    nodes: cluster.objects.map((object) => {
      const place = options.placeOf(object);
      return {
        id: idOf(object.id),
        label: describe(object),
        cluster: name,
        unit: units.get(object.id) ?? '',
        ...(place === undefined ? {} : { place }),
      };
    }),
    edges: [...byPair.values()].map((edges) => {
      const { from, to } = edges[0] as Edge;
      return edgeOf(idOf(from), idOf(to), edges.map(needOf), true);
    }),
  };
}

function edgeOf(from: string, to: string, list: readonly GraphNeed[], waits: boolean): GraphEdge {
  return { from, to, strength: strongest(list.map(({ strength }) => strength)), waits, needs: list };
}

function unitNames({ units }: ClusterEstate): ReadonlyMap<string, string> {
  return new Map(units.flatMap((unit) => unit.objects.map(({ id }) => [id, unit.name] as const)));
}

function needs({ objects }: ClusterEstate, { placeOf }: GraphOptions): (edge: Edge) => GraphNeed {
  const byId = new Map(objects.map((object) => [object.id, object]));
  return ({ from, path, strength, why }) => {
    const source = byId.get(from);
    const place = source && placeOf(source);
    return {
      from: source ? describe(source) : from,
      to: why,
      path,
      strength,
      ...(place === undefined ? {} : { place }),
    };
  };
}
