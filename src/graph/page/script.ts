/** What the page does. It runs in a browser, so it is text here. */
export const script = String.raw`
'use strict';
const byId = (id) => document.getElementById(id);
const { nodes, edges } = JSON.parse(byId('data').textContent);
const drawing = document.querySelector('#canvas svg');
const graph = drawing.querySelector('.graph');
const panel = byId('panel'), tip = byId('tip'), search = byId('search'), results = byId('results'), canvas = byId('canvas');
const indexOf = new Map(nodes.map((node, index) => [node.id, index]));
const nodeShape = (index) => byId('n' + index), edgeShape = (index) => byId('e' + index);
const words = { admission: 'needed to be accepted', start: 'needed to start', runtime: 'talks to' };

function element(tag, content, attributes = {}) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...[content].flat());
  return made;
}

// What is seen: a window onto the drawing, moved and scaled.
const whole = drawing.viewBox.baseVal;
const all = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
let view = { ...all };
drawing.removeAttribute('width');
drawing.removeAttribute('height');
function show(next) {
  view = next;
  drawing.setAttribute('viewBox', [view.x, view.y, view.width, view.height].join(' '));
}
function zoom(factor, at) {
  const width = Math.min(Math.max(view.width * factor, 60), all.width * 4);
  const scale = width / view.width;
  const point = at || { x: view.x + view.width / 2, y: view.y + view.height / 2 };
  show({
    x: point.x - (point.x - view.x) * scale,
    y: point.y - (point.y - view.y) * scale,
    width,
    height: view.height * scale,
  });
}
function pointOf(event) {
  const matrix = drawing.getScreenCTM().inverse();
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
}
/** Small drawings stay at their own size rather than fill the window. */
function fit() {
  const { width, height } = canvas.getBoundingClientRect();
  const note = 40;
  const scale = Math.max(all.width / width, all.height / (height - note), 0.7);
  const [w, h] = [width * scale, height * scale];
  show({ x: all.x + (all.width - w) / 2, y: all.y + (all.height - h + note * scale) / 2, width: w, height: h });
}
fit();
let size = [innerWidth, innerHeight];
addEventListener('resize', () => {
  if (size.join() !== [innerWidth, innerHeight].join()) fit();
  size = [innerWidth, innerHeight];
});
byId('in').onclick = () => zoom(0.8);
byId('out').onclick = () => zoom(1.25);
byId('fit').onclick = fit;
canvas.addEventListener('wheel', (event) => {
  event.preventDefault();
  zoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 240), pointOf(event));
}, { passive: false });
let drag;
canvas.addEventListener('pointerdown', (event) => {
  if (event.button === 0) drag = { x: event.clientX, y: event.clientY, view, moved: false };
});
addEventListener('pointermove', (event) => {
  if (!drag) return;
  const { a } = drawing.getScreenCTM();
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
  if (Math.hypot(dx, dy) > 4) drag.moved = true;
  if (!drag.moved) return;
  canvas.classList.add('dragged');
  show({ ...view, x: drag.view.x - dx / a, y: drag.view.y - dy / a });
});
addEventListener('pointerup', (event) => {
  canvas.classList.remove('dragged');
  const wasClick = drag && !drag.moved;
  drag = undefined;
  if (wasClick && canvas.contains(event.target) && !event.target.closest('.node')) choose(undefined);
});

// What is chosen: one node and what it needs or is needed by.
let chosen;
function choose(index, options = {}) {
  if (chosen !== undefined) nodeShape(chosen).setAttribute('aria-pressed', 'false');
  chosen = index;
  for (const shape of graph.querySelectorAll('.near, .self')) shape.classList.remove('near', 'self');
  graph.classList.toggle('chosen', index !== undefined);
  panel.hidden = index === undefined;
  history.replaceState(null, '', index === undefined ? location.pathname + location.search : '#' + encodeURIComponent(nodes[index].id));
  if (index === undefined) return;
  nodeShape(index).classList.add('near', 'self');
  nodeShape(index).setAttribute('aria-pressed', 'true');
  edges.forEach((edge, at) => {
    if (edge.from !== nodes[index].id && edge.to !== nodes[index].id) return;
    edgeShape(at).classList.add('near');
    nodeShape(indexOf.get(edge.from)).classList.add('near');
    nodeShape(indexOf.get(edge.to)).classList.add('near');
  });
  describe(index);
  if (options.center) center(index);
  if (options.focus) nodeShape(index).focus({ preventScroll: true });
}
function center(index) {
  const box = nodeShape(index).getBBox();
  const point = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2).matrixTransform(
    drawing.getScreenCTM().inverse().multiply(nodeShape(index).getScreenCTM()));
  const room = canvas.getBoundingClientRect();
  const width = Math.min(view.width, room.width * 0.8);
  const scale = width / room.width;
  const covered = panel.hidden || panel.offsetWidth > room.width / 2 ? 0 : panel.offsetWidth + 24;
  const height = room.height * scale;
  show({ x: point.x - (room.width - covered) * scale / 2, y: point.y - height / 2, width, height });
}
function describe(index) {
  const node = nodes[index];
  const facts = [node.cluster, node.objects === undefined ? 'unit ' + node.unit : node.objects + ' objects', node.place].filter(Boolean);
  const close = element('button', '×', { class: 'close', 'aria-label': 'Close' });
  close.onclick = () => choose(undefined);
  const list = (title, found, other) => found.length === 0 ? [] : [
    element('h3', title + ' (' + found.length + ')'),
    element('ul', found.map((edge) => item(edge, indexOf.get(edge[other])))),
  ];
  const needs = edges.filter((edge) => edge.from === node.id), needed = edges.filter((edge) => edge.to === node.id);
  panel.replaceChildren(close, element('h2', node.label), element('div', facts.join(' · '), { class: 'why' }),
    ...list('Needs', needs, 'to'), ...list('Needed by', needed, 'from'),
    ...(needs.length + needed.length === 0 ? [element('p', 'It needs nothing here, and nothing here needs it.', { class: 'why' })] : []));
  panel.scrollTop = 0;
}
function item(edge, other) {
  const go = element('button', nodes[other].label);
  go.onclick = () => choose(other, { center: true, focus: true });
  return element('li', [go, ' ', element('span', words[edge.strength], { class: 'kind ' + edge.strength }), ...reasons(edge, 6)]);
}
/** Why an edge is there: the fields that say so. */
function reasons(edge, most) {
  const lines = edge.needs.slice(0, most).map((need) => element('div', [
    need.from + ' names ' + need.to + ' in ', element('code', need.path), ...(need.place ? [' (' + need.place + ')'] : []),
  ], { class: 'why' }));
  const rest = edge.needs.length - lines.length;
  const order = edge.waits ? [] : [element('div', 'in a circle: nobody waits', { class: 'why' })];
  return [...lines, ...(rest > 0 ? [element('div', 'and ' + rest + ' more', { class: 'why' })] : []), ...order];
}

nodes.forEach((node, index) => {
  const shape = nodeShape(index);
  shape.querySelector('title')?.remove();
  shape.setAttribute('tabindex', '0');
  shape.setAttribute('role', 'button');
  shape.setAttribute('aria-pressed', 'false');
  const count = (end) => edges.filter((edge) => edge[end] === node.id).length;
  const seen = [...shape.querySelectorAll('text')].map((line) => line.textContent).join(' ');
  shape.setAttribute('aria-label', seen + ', needs ' + count('from') + ', needed by ' + count('to'));
  shape.addEventListener('click', () => { if (!drag?.moved) choose(chosen === index ? undefined : index); });
  shape.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); choose(chosen === index ? undefined : index); }
    const step = { ArrowLeft: ['from', 'to'], ArrowRight: ['to', 'from'] }[event.key];
    const next = step && edges.find((edge) => edge[step[0]] === node.id);
    if (next) { event.preventDefault(); choose(indexOf.get(next[step[1]]), { focus: true, center: true }); }
  });
});
edges.forEach((edge, index) => {
  const shape = edgeShape(index);
  shape.querySelector('title')?.remove();
  const line = shape.querySelector('path');
  line.classList.add('line');
  const reach = line.cloneNode();
  reach.setAttribute('class', 'reach');
  shape.append(reach);
  const [from, to] = [nodes[indexOf.get(edge.from)].label, nodes[indexOf.get(edge.to)].label];
  shape.addEventListener('pointermove', (event) => {
    if (drag?.moved) return;
    tip.replaceChildren(element('strong', from + ' → ' + to), ' ', element('span', words[edge.strength], { class: 'kind ' + edge.strength }), ...reasons(edge, 4));
    tip.hidden = false;
    const box = canvas.getBoundingClientRect();
    tip.style.left = Math.max(8, Math.min(event.clientX - box.left + 14, box.width - tip.offsetWidth - 8)) + 'px';
    const below = event.clientY - box.top + 16;
    tip.style.top = (below + tip.offsetHeight > box.height ? below - tip.offsetHeight - 32 : below) + 'px';
  });
  shape.addEventListener('pointerleave', () => (tip.hidden = true));
});

// Search: a list below the field, moved through with the arrow keys.
let found = [], at = 0;
function list() {
  const parts = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  found = parts.length === 0 ? [] : nodes.map((_, index) => index)
    .filter((index) => parts.every((part) => nodes[index].id.toLowerCase().includes(part) || nodes[index].label.toLowerCase().includes(part)))
    .sort((one, other) => nodes[one].label.length - nodes[other].label.length).slice(0, 30);
  at = 0;
  results.hidden = parts.length === 0;
  search.setAttribute('aria-expanded', String(!results.hidden));
  results.replaceChildren(...found.map((index, position) => {
    const line = element('li', nodes[index].label, { role: 'option', id: 'r' + position, 'aria-selected': String(position === 0) });
    if (new Set(nodes.map((node) => node.cluster)).size > 1) line.append(element('span', '  ' + nodes[index].cluster, { class: 'why' }));
    line.onpointerdown = (event) => { event.preventDefault(); pick(position); };
    return line;
  }), ...(found.length === 0 ? [element('li', 'nothing', { class: 'none' })] : []));
  mark();
}
function mark() {
  [...results.children].forEach((line, position) => line.setAttribute('aria-selected', String(position === at)));
  if (found.length > 0) search.setAttribute('aria-activedescendant', 'r' + at);
  else search.removeAttribute('aria-activedescendant');
  results.children[at]?.scrollIntoView({ block: 'nearest' });
}
function pick(position) {
  results.hidden = true;
  search.setAttribute('aria-expanded', 'false');
  if (found[position] !== undefined) choose(found[position], { center: true, focus: true });
}
search.addEventListener('input', list);
search.addEventListener('blur', () => (results.hidden = true));
search.addEventListener('keydown', (event) => {
  if (event.key === 'Enter') pick(at);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && found.length > 0) { event.preventDefault(); at = (at + step + found.length) % found.length; mark(); }
});
addEventListener('keydown', (event) => {
  if (event.key === 'Escape') { results.hidden = true; const last = chosen; choose(undefined); if (last !== undefined) nodeShape(last).focus(); }
  if (event.key === '/' && document.activeElement !== search) { event.preventDefault(); search.focus(); search.select(); }
});

byId('theme').onclick = () => {
  const isDark = getComputedStyle(document.documentElement).colorScheme === 'dark';
  document.documentElement.dataset.theme = isDark ? 'light' : 'dark';
};
const wanted = indexOf.get(decodeURIComponent(location.hash.slice(1)));
if (wanted !== undefined) choose(wanted, { center: true });
`;
