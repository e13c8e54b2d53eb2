import { dot } from './dot';
import type { Graph } from './graph';

/** Colors for people who read at night. */
const style = `<style>
.node text { font-weight: 600; }
.node text + text { font-size: 10px; font-weight: 400; fill: #64748b; }
@media (prefers-color-scheme: dark) {
  .graph text { fill: #e2e8f0; }
  .node text + text { fill: #94a3b8; }
  .node path { fill: #1e293b; stroke: #64748b; }
  .cluster path { stroke: #334155; }
  .edge path { stroke: #94a3b8; }
  .edge polygon { fill: #94a3b8; stroke: #94a3b8; }
}
</style>`;

/** A graph as a drawing. */
export async function svg(graph: Graph): Promise<string> {
  const { Graphviz } = await import('@hpcc-js/wasm-graphviz');
  const graphviz = await Graphviz.load();
  const drawing = graphviz.layout(dot(graph), 'svg', 'dot');
  // The prologue names a document type on another server, which nothing should ask for.
  const own = drawing.slice(drawing.indexOf('<svg')).replaceAll(/<!--[^]*?-->\n?/g, '');
  return own.replace(/(<svg[^>]*>)/, `$1\n${style}`);
}
