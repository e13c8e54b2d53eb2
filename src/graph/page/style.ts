/** How the page looks, by day and by night. */
export const style = `
:root {
  color-scheme: light;
  --page: #f6f8fa; --surface: #ffffff; --line: #d3dae3; --text: #172033; --faint: #5b6879;
  --node: #ffffff; --node-line: #8795a8; --accent: #0b63ce; --accent-soft: #e5f0fd;
  --admission: #a3301f; --start: #0f6e6e; --runtime: #65748a;
}
@media (prefers-color-scheme: dark) {
  :root:not([data-theme='light']) {
    color-scheme: dark;
    --page: #10151f; --surface: #18202d; --line: #2e3a4c; --text: #e6ebf2; --faint: #9aa8bb;
    --node: #1d2736; --node-line: #5d6d83; --accent: #7db4ff; --accent-soft: #1c3250;
    --admission: #f39a8b; --start: #6fd0c8; --runtime: #9aa8bb;
  }
}
:root[data-theme='dark'] {
  color-scheme: dark;
  --page: #10151f; --surface: #18202d; --line: #2e3a4c; --text: #e6ebf2; --faint: #9aa8bb;
  --node: #1d2736; --node-line: #5d6d83; --accent: #7db4ff; --accent-soft: #1c3250;
  --admission: #f39a8b; --start: #6fd0c8; --runtime: #9aa8bb;
}
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; background: var(--page); color: var(--text); font: 14px/1.45 system-ui, sans-serif; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 10px 20px; padding: 10px 16px; background: var(--surface); border-bottom: 1px solid var(--line); }
h1 { margin: 0; font-size: 15px; font-weight: 650; }
search { position: relative; flex: 0 1 280px; }
input { width: 100%; padding: 6px 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--page); color: inherit; font: inherit; }
#results { position: absolute; z-index: 3; inset: calc(100% + 4px) 0 auto; max-height: 50vh; margin: 0; padding: 4px; overflow: auto; list-style: none; background: var(--surface); border: 1px solid var(--line); border-radius: 6px; box-shadow: 0 8px 24px #0003; }
#results li { padding: 5px 8px; border-radius: 4px; cursor: pointer; overflow-wrap: anywhere; }
#results li[aria-selected='true'], #results li:hover { background: var(--accent-soft); }
#results .none { color: var(--faint); cursor: default; background: none; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 0; padding: 0; list-style: none; color: var(--faint); font-size: 12.5px; }
.legend li::before { content: ''; display: inline-block; width: 22px; margin-right: 6px; vertical-align: middle; border-top: 2px solid; }
.legend .admission::before { border-color: var(--admission); border-top-width: 3px; }
.legend .start::before { border-color: var(--start); }
.legend .runtime::before { border-color: var(--runtime); border-top-style: dashed; }
.tools { display: flex; gap: 6px; margin-left: auto; }
button { min-width: 32px; padding: 5px 9px; border: 1px solid var(--line); border-radius: 6px; background: var(--surface); color: inherit; font: inherit; cursor: pointer; }
button:hover { border-color: var(--node-line); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
main { position: relative; flex: 1; min-height: 0; overflow: hidden; }
#canvas { position: absolute; inset: 0; cursor: grab; touch-action: none; }
#canvas.dragged { cursor: grabbing; }
#canvas svg { width: 100%; height: 100%; display: block; }
.graph text { fill: var(--text); }
.node text { font-weight: 600; }
.node text + text { font-size: 10px; font-weight: 400; fill: var(--faint); }
.cluster path { stroke: var(--line); }
.cluster text { fill: var(--faint); font-weight: 600; }
.node { cursor: pointer; outline: none; }
.node path { fill: var(--node); stroke: var(--node-line); }
.node:hover path, .node:focus-visible path { stroke: var(--accent); stroke-width: 2; }
.edge path.line { transition: stroke-width 0.1s; }
.edge.admission path.line { stroke: var(--admission); }
.edge.start path.line { stroke: var(--start); }
.edge.runtime path.line { stroke: var(--runtime); }
.edge.admission polygon { fill: var(--admission); stroke: var(--admission); }
.edge.start polygon { fill: var(--start); stroke: var(--start); }
.edge.runtime polygon { fill: var(--runtime); stroke: var(--runtime); }
.edge path.reach { stroke: transparent; stroke-width: 12; fill: none; }
.edge:hover path.line { stroke-width: 3; }
.graph.chosen .node:not(.near), .graph.chosen .edge:not(.near) { opacity: 0.13; }
.node.self path { stroke: var(--accent); stroke-width: 2.5; fill: var(--accent-soft); }
.note { position: absolute; left: 14px; bottom: 10px; margin: 0; padding: 2px 6px; border-radius: 4px; background: var(--page); color: var(--faint); font-size: 12px; pointer-events: none; }
#tip { position: absolute; z-index: 2; max-width: min(460px, 90%); padding: 8px 11px; background: var(--surface); border: 1px solid var(--line); border-radius: 6px; box-shadow: 0 8px 24px #0003; pointer-events: none; font-size: 13px; overflow-wrap: anywhere; }
#panel { position: absolute; z-index: 1; inset: 12px 12px 12px auto; width: min(380px, calc(100% - 24px)); padding: 14px 16px; overflow: auto; background: var(--surface); border: 1px solid var(--line); border-radius: 8px; box-shadow: 0 8px 24px #0002; }
#panel h2 { margin: 0 32px 2px 0; font-size: 16px; overflow-wrap: anywhere; }
#panel h3 { margin: 16px 0 4px; font-size: 12.5px; color: var(--faint); font-weight: 600; }
#panel .close { position: absolute; top: 10px; right: 10px; }
#panel ul { margin: 0; padding: 0; list-style: none; }
#panel li { padding: 6px 0; border-top: 1px solid var(--line); }
#panel li button { padding: 0; border: 0; background: none; color: var(--accent); font-weight: 600; text-align: left; overflow-wrap: anywhere; }
#panel li button:hover { text-decoration: underline; }
.why { color: var(--faint); font-size: 12.5px; overflow-wrap: anywhere; }
.why code, #tip code { font-size: 12px; }
.kind { font-size: 12px; }
.kind.admission { color: var(--admission); } .kind.start { color: var(--start); } .kind.runtime { color: var(--runtime); }
@media (max-width: 640px) { #panel { inset: auto 8px 8px; width: auto; max-height: 55%; } .legend { order: 4; } }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
@media print { .tools, search, #panel, #tip { display: none !important; } }
`;
