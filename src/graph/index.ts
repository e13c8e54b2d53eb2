export { dot } from './dot';
export { drawable, type Graph, type GraphEdge, type GraphNeed, type GraphNode, graphOf } from './graph';
export { html } from './html';
export { mermaid } from './mermaid';
export { svg } from './svg';
