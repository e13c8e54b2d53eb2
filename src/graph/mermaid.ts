import type { Strength } from '../estate';
import type { Graph, GraphNode } from './graph';

const arrows: { readonly [strength in Strength]: string } = {
  admission: '==>',
  start: '-->',
  runtime: '-.->',
};

/** A graph in the language of Mermaid, which GitHub and GitLab draw inside Markdown. */
export function mermaid({ nodes, edges }: Graph): string {
  const ids = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const clusters = [...new Set(nodes.map(groupOf))];
  return [
    'graph RL',
    ...clusters.flatMap((name, index) => [
      `  subgraph c${index}["${escaped(name)}"]`,
      ...nodes
        .filter((node) => groupOf(node) === name)
        .map((node) => `    ${ids.get(node.id)}["${escaped(node.label)}"]`),
      '  end',
    ]),
    ...edges.map(({ from, to, strength }) => `  ${ids.get(from)} ${arrows[strength]} ${ids.get(to)}`),
    '',
  ].join('\n');
}

function groupOf({ cluster, unit, objects }: GraphNode): string {
  return objects === undefined ? `${cluster}/${unit}` : cluster;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '#amp;')
    .replaceAll('"', '#quot;')
    .replaceAll('<', '#lt;')
    .replaceAll('>', '#gt;');
}
