import { append, type Edge } from '../estate';

/** A need between two units, with the edges that it follows from. */
export interface UnitEdge {
  readonly from: string;
  readonly to: string;
  readonly edges: readonly Edge[];
}

/** What has to be applied before what, and the circles that nobody can apply. */
export interface Order {
  /** Unit → the units that it waits for. */
  readonly dependsOn: ReadonlyMap<string, readonly string[]>;
  /** Circles of needs that the API server or the kubelet insist on. */
  readonly cycles: readonly (readonly UnitEdge[])[];
}

/**
 * The order of units. A circle of `admission` and `start` edges has none. In every other circle somebody has to
 * start without the other: its `runtime` edges lose their place in the order, all of them, so that the result
 * does not depend on which one was met first.
 */
export function order(units: readonly string[], unitEdges: readonly UnitEdge[]): Order {
  const component = components(units, unitEdges);
  const together = ({ from, to }: UnitEdge): boolean => component.get(from) === component.get(to);
  const hard = unitEdges.filter(isHard);
  const hardComponent = components(units, hard);
  const inCycle = hard.filter(({ from, to }) => hardComponent.get(from) === hardComponent.get(to));
  const kept = groupByFrom(unitEdges.filter((edge) => !together(edge) || isHard(edge)));
  return {
    dependsOn: new Map(units.map((unit) => [unit, (kept.get(unit) ?? []).map(({ to }) => to).sort()])),
    cycles: cyclesOf(inCycle, hardComponent),
  };
}

function isHard({ edges }: UnitEdge): boolean {
  return edges.some(({ strength }) => strength !== 'runtime');
}

/** The edges between objects, put together by the units that they join. */
export function unitEdges(edges: readonly Edge[], unitOf: (id: string) => string | undefined): UnitEdge[] {
  const found = new Map<string, { from: string; to: string; edges: Edge[] }>();
  for (const edge of edges) {
    const [from, to] = [unitOf(edge.from), unitOf(edge.to)];
    if (from === undefined || to === undefined || from === to) continue;
    const key = `${from} ${to}`;
    const between = found.get(key) ?? { from, to, edges: [] };
    between.edges.push(edge);
    found.set(key, between);
  }
  return [...found.values()];
}

/** One circle out of each component: the shortest one through its first unit. */
function cyclesOf(edges: readonly UnitEdge[], component: ReadonlyMap<string, number>): UnitEdge[][] {
  const groups = new Map<number, UnitEdge[]>();
  for (const edge of edges) append(groups, component.get(edge.from) as number, edge);
  return [...groups.values()].map(shortestCycle);
}

function shortestCycle(edges: readonly UnitEdge[]): UnitEdge[] {
  const start = edges.map(({ from }) => from).sort()[0] as string;
  const outgoing = groupByFrom(edges);
  const reached = new Map<string, UnitEdge[]>([[start, []]]);
  for (const [unit, path] of reached) {
    for (const edge of outgoing.get(unit) ?? []) {
      if (edge.to === start) return [...path, edge];
      if (!reached.has(edge.to)) reached.set(edge.to, [...path, edge]);
    }
  }
  return [];
}

function groupByFrom(edges: readonly UnitEdge[]): Map<string, UnitEdge[]> {
  const groups = new Map<string, UnitEdge[]>();
  for (const edge of edges) append(groups, edge.from, edge);
  return groups;
}

interface Frame {
  readonly unit: string;
  readonly targets: readonly string[];
  next: number;
}

/** Strongly connected components by Tarjan's algorithm, without recursion: ten thousand units may form a chain. */
function components(units: readonly string[], edges: readonly UnitEdge[]): ReadonlyMap<string, number> {
  const outgoing = groupByFrom(edges);
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const component = new Map<string, number>();
  const open: string[] = [];
  let count = 0;

  const enter = (unit: string): Frame => {
    index.set(unit, index.size);
    low.set(unit, index.get(unit) as number);
    open.push(unit);
    return { unit, targets: (outgoing.get(unit) ?? []).map(({ to }) => to), next: 0 };
  };
  const lower = (unit: string, value: number): void =>
    void low.set(unit, Math.min(low.get(unit) as number, value));
  const close = (unit: string): void => {
    if (low.get(unit) !== index.get(unit)) return;
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      component.set(member, count);
      if (member === unit) break;
    }
    count += 1;
  };

  for (const root of units) {
    const stack: Frame[] = index.has(root) ? [] : [enter(root)];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const target = top.targets[top.next++];
      if (target === undefined) {
        stack.pop();
        close(top.unit);
        const parent = stack.at(-1);
        if (parent) lower(parent.unit, low.get(top.unit) as number);
      } else if (!index.has(target)) stack.push(enter(target));
      else if (!component.has(target)) lower(top.unit, index.get(target) as number);
    }
  }
  return component;
}
