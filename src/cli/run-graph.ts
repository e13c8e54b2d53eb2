import { relative } from 'node:path';
import type { Estate, EstateObject } from '../estate';
import { dot, drawable, type Graph, graphOf, html, mermaid, svg } from '../graph';
import type { GraphCommandOptions } from './graph';
import { noCluster } from './no-cluster';
import { compileProject } from './project';

/** Print the graph of the estate. */
export async function runGraph({
  format,
  json,
  cluster,
  objects,
  ...options
}: GraphCommandOptions): Promise<void> {
  const { estate } = await compileProject(options);
  if (cluster !== undefined) checkCluster(cluster, estate);
  const graph = graphOf(estate, { objects, placeOf, ...(cluster === undefined ? {} : { cluster }) });
  process.stdout.write(await printers[json ? 'json' : format](graph));
}

const printers: {
  readonly [format in GraphCommandOptions['format']]: (graph: Graph) => string | Promise<string>;
} = {
  mermaid: (graph) => mermaid(drawable(graph)),
  dot: (graph) => dot(drawable(graph)),
  svg: (graph) => svg(drawable(graph)),
  html: (graph) => html(drawable(graph), 'What waits for what'),
  json: (graph) => `${JSON.stringify(graph, null, 2)}\n`,
};

function checkCluster(name: string, { clusters }: Estate): void {
  const names = clusters.map(({ info }) => info.name);
  if (!names.includes(name)) throw noCluster(name, names);
}

function placeOf({ origin }: EstateObject): string | undefined {
  const [frame] = origin.frames;
  return frame && `${relative('', frame.file)}:${frame.line}`;
}
