import type { Strength } from '../estate';
import type { Graph, GraphEdge, GraphNode } from './graph';

/** How an edge is drawn, by its strength. */
const styles: { readonly [strength in Strength]: string } = {
  admission: 'penwidth=1.8',
  start: 'penwidth=1.2',
  runtime: 'penwidth=1 style=dashed',
};

/**
 * A graph in the language of Graphviz: what is installed first stands on the left, arrows lead to what is needed.
 * Nodes and edges carry ids and classes, by which a page finds and colors them.
 */
export function dot(graph: Graph): string {
  const ids = new Map(graph.nodes.map(({ id }, index) => [id, `n${index}`]));
  return [
    'digraph estate {',
    '  rankdir=RL; nodesep=0.25; ranksep=0.7; nslimit=4; bgcolor=transparent; fontname="Helvetica,Arial,sans-serif";',
    '  node [shape=box style="rounded,filled" fillcolor="#ffffff" color="#8795a8" fontname="Helvetica,Arial,sans-serif" fontsize=12 margin="0.1,0.08" height=0.4];',
    '  edge [color="#64748b" arrowsize=0.7];',
    ...groups(graph.nodes).flatMap(([name, nodes], index) => cluster(name, nodes, index, ids)),
    ...graph.edges.map((edge, index) => edgeLine(edge, index, ids)),
    '}',
    '',
  ].join('\n');
}

/** Units are grouped by their cluster, objects by their unit. */
function groups(nodes: readonly GraphNode[]): [name: string, nodes: readonly GraphNode[]][] {
  const found = new Map<string, GraphNode[]>();
  for (const node of nodes) {
    const name = node.objects === undefined ? `${node.cluster}/${node.unit}` : node.cluster;
    found.set(name, [...(found.get(name) ?? []), node]);
  }
  return [...found];
}

function cluster(
  name: string,
  nodes: readonly GraphNode[],
  index: number,
  ids: ReadonlyMap<string, string>,
): string[] {
  return [
    `  subgraph cluster_${index} {`,
    `    label=${quoted(name)}; labeljust=r; fontsize=13; fontcolor="#64748b"; color="#cbd5e1"; style=rounded; margin=16;`,
    ...nodes.map((node) => `    ${ids.get(node.id)} [id=${ids.get(node.id)} ${label(node)}];`),
    '  }',
  ];
}

/**
 * The name, and below it the count or the kind; a style makes the second line smaller. The width is for any font
 * that a browser may have.
 */
function label({ label: text, objects }: GraphNode): string {
  const [kind = '', ...rest] = text.split(' ');
  const [name, small] =
    objects === undefined ? [rest.join(' '), kind] : [text, `${objects} object${objects === 1 ? '' : 's'}`];
  const width = Math.max(name.length * 0.106, small.length * 0.085) + 0.3;
  return `width=${width.toFixed(2)} label="${escaped(name)}\\n${escaped(small)}"`;
}

function edgeLine(
  { from, to, strength }: GraphEdge,
  index: number,
  ids: ReadonlyMap<string, string>,
): string {
  return `  ${ids.get(from)} -> ${ids.get(to)} [id=e${index} class=${strength} ${styles[strength]}];`;
}

function quoted(text: string): string {
  return `"${escaped(text)}"`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
}
