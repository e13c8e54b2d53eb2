/** The look of every page here: light and dark, readable at any width. */
export const style = `
:root { color-scheme: light dark; --ink: light-dark(#1b1f24, #e8eaed); --faint: light-dark(#5c6570, #9aa4af);
  --paper: light-dark(#fbfaf8, #14171a); --card: light-dark(#ffffff, #1c2024); --line: light-dark(#e4e1db, #2c3238);
  --accent: light-dark(#8a3b12, #f2a65a); --bar: light-dark(#d5803f, #b9713a); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: clamp(1.25rem, 4vw, 3.5rem) clamp(1rem, 4vw, 2rem); }
h1 { margin: 0; font-size: clamp(1.75rem, 5vw, 2.5rem); line-height: 1.15; letter-spacing: -0.02em; text-wrap: balance; }
h2 { margin: 0 0 .75rem; font-size: 1.125rem; }
p { margin: .5rem 0 0; max-width: 65ch; }
.lead { color: var(--faint); }
section { margin-top: 2rem; padding: clamp(1rem, 3vw, 1.5rem); background: var(--card); border: 1px solid var(--line); border-radius: .75rem; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
caption { text-align: left; font-weight: 600; font-size: 1.125rem; padding-bottom: .75rem; }
th { text-align: left; font-size: .8125rem; font-weight: 600; color: var(--faint); border-bottom: 1px solid var(--line); }
th, td { padding: .5rem 1rem .5rem 0; vertical-align: baseline; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
tbody th { font-size: inherit; white-space: nowrap; font-weight: 500; color: inherit; border-bottom: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; padding-right: 0; white-space: nowrap; }
a, .button { color: var(--accent); }
a:focus-visible, .button:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: .25rem; }
.button { display: inline-block; margin-top: 1.25rem; padding: .6rem 1.1rem; border: 1px solid currentColor; border-radius: .5rem; font-weight: 600; text-decoration: none; }
.button:hover { background: var(--accent); color: var(--paper); }
.field { display: grid; gap: .25rem; margin: 0 0 1.5rem; }
label { font-weight: 600; }
th label { font-weight: inherit; }
input, select { font: inherit; color: inherit; background: var(--paper); padding: .4rem .6rem; border: 1px solid var(--faint); border-radius: .5rem; max-width: 100%; }
input[type='number'] { width: 5.5rem; text-align: right; }
input:focus-visible, select:focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
button.button { font: inherit; font-weight: 600; background: none; cursor: pointer; }
.notice { border-left: 4px solid var(--accent); }
.live { font-size: .875rem; color: var(--faint); }
.live[data-state]::before { content: ''; display: inline-block; width: .55rem; height: .55rem; margin-right: .5rem; border-radius: 50%; background: var(--faint); }
.live[data-state='on']::before { background: light-dark(#1d7a46, #5fd38d); }
.place { width: 2.5rem; color: var(--faint); font-variant-numeric: tabular-nums; }
.bar { display: block; width: 100%; height: .5rem; border-radius: .25rem; fill: var(--bar); background: color-mix(in srgb, var(--line) 50%, transparent); }
@media (max-width: 34rem) { .wide { display: none; } table { font-size: .875rem; line-height: 1.4; } th, td { padding-right: .6rem; } }
`;
