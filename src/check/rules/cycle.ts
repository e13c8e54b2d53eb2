import type { Edge } from '../../estate';
import type { UnitEdge } from '../../units';
import { madeAt } from '../facts/text';
import { describe } from '../../estate';
import type { CheckScope, Rule, Violation } from '../rule';

export const cycle: Rule = {
  id: 'cycle',
  title: 'No units wait for each other in a circle.',
  severity: 'error',
  why: 'Each unit needs the other one to be there first, and the API server or the kubelet insists on it: neither would ever be installed. Circles of mere conversation are fine and are opened.',
  bad: `// chart a mounts a Secret that chart b makes, chart b mounts a ConfigMap that chart a makes`,
  good: `// what both need is a chart of its own, and both use that one`,
  *check(scope) {
    for (const circle of scope.cycles) if (circle.length > 0) yield violation(circle, scope);
  },
};

function violation(circle: readonly UnitEdge[], scope: CheckScope): Violation {
  const first = strongest(circle[0] as UnitEdge);
  const object = scope.find(first.from);
  const units = [...circle.map(({ from }) => from), (circle[0] as UnitEdge).from];
  const steps = circle.map((step) => stepText(step, scope));
  const message = `${units.join(' → ')} is a circle:\n${steps.join('\n')}`;
  return { ...(object && { object }), path: first.path, message, fix: fixFor(circle) };
}

function stepText({ from, to, edges }: UnitEdge, scope: CheckScope): string {
  const edge = strongest({ from, to, edges });
  const object = scope.find(edge.from);
  const who = object ? `${describe(object)}${madeAt(object)}` : edge.from;
  return `  ${from} needs ${to}: ${who} names ${edge.why} in ${edge.path}`;
}

/** The edge that makes the need what it is: the object is refused, or does not start. */
function strongest({ edges }: UnitEdge): Edge {
  return (edges.find(({ strength }) => strength === 'admission') ??
    edges.find(({ strength }) => strength === 'start') ??
    edges[0]) as Edge;
}

/** The link that fewest things depend on is the easiest to cut. */
function fixFor(circle: readonly UnitEdge[]): string {
  const weakest = circle.reduce((least, step) => (hardEdges(step) < hardEdges(least) ? step : least));
  const { why } = strongest(weakest);
  return `move ${why} out of ${weakest.to} into a chart of its own that both use, so that ${weakest.from} no longer needs ${weakest.to}`;
}

function hardEdges({ edges }: UnitEdge): number {
  return edges.filter(({ strength }) => strength !== 'runtime').length;
}
