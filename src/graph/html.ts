import type { Graph } from './graph';
import { script } from './page/script';
import { style } from './page/style';
import { svg } from './svg';

/** A page of its own that shows a graph: nothing is loaded, so it can be mailed, or be an artifact of CI. */
export async function html(graph: Graph, title: string): Promise<string> {
  const drawing = (await svg(graph)).replace(/<style>[^]*?<\/style>\n?/, '');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
${header(title)}
<main>
  <div id="canvas">${drawing}</div>
  <aside id="panel" aria-live="polite" hidden></aside>
  <p class="note">Each arrow leads to what is needed. Namespaces are left out: everything waits for its own.</p>
  <div id="tip" role="tooltip" hidden></div>
</main>
<script type="application/json" id="data">${JSON.stringify(graph).replaceAll('<', String.raw`\u003c`)}</script>
<script>${script}</script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function header(title: string): string {
  return `<header>
  <h1>${escaped(title)}</h1>
  <search>
    <label class="hidden" for="search">Find a node</label>
    <input id="search" type="search" placeholder="Find… ( / )" autocomplete="off" role="combobox" aria-expanded="false" aria-controls="results" aria-autocomplete="list">
    <ul id="results" role="listbox" aria-label="Found" hidden></ul>
  </search>
  <ul class="legend" aria-label="Legend">
    <li class="admission">needed to be accepted</li>
    <li class="start">needed to start</li>
    <li class="runtime">talks to</li>
  </ul>
  <div class="tools">
    <button id="in" aria-label="Zoom in">+</button>
    <button id="out" aria-label="Zoom out">−</button>
    <button id="fit" aria-label="Fit everything">Fit</button>
    <button id="theme" aria-label="Light or dark">◐</button>
  </div>
</header>`;
}
