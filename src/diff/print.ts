import { createColors } from 'picocolors';
import type { Colors } from '../report/color';
import { append, describe } from '../estate';
import type { Json } from '../estate';
import { toYaml } from '../yaml';
import type { FieldChange } from './fields';
import { hunks } from './lines';
import type { LineChange } from './lines';
import type { ObjectChange } from './objects';

const SIGNS = { added: '+', removed: '-', changed: '~', moved: '>', reordered: '~' } as const;
const PAINTS = { '+': 'green', '-': 'red', '~': 'yellow', '>': 'cyan', ' ': 'dim' } as const;

/** Changes for a person: unit by unit, object by object, its fields below it, and a last line that counts them. */
export function diffText(changes: readonly ObjectChange[], { color }: { readonly color: boolean }): string {
  const colors = createColors(color);
  const units = new Map<string, ObjectChange[]>();
  for (const change of changes) append(units, unitOf(change.to ?? change.from ?? ''), change);
  const lines = [...units]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([unit, own]) => [colors.bold(unit), ...own.flatMap((change) => objectLines(change, colors))]);
  return [...lines, summary(changes)].map((line) => `${line}\n`).join('');
}

/** Changes for a program. */
export function diffJson(changes: readonly ObjectChange[]): string {
  return `${JSON.stringify({ changes }, null, 2)}\n`;
}

function objectLines(change: ObjectChange, colors: Colors): string[] {
  const [from, to] = [unitOf(change.from ?? ''), unitOf(change.to ?? '')];
  const moved = change.change === 'moved' && from !== to ? `  ${colors.dim(`from ${from}`)}` : '';
  const sign = SIGNS[change.change];
  const head = `${paint(`${sign} ${describe(change)}`, sign, colors)}${moved}`;
  return [head, ...change.fields.flatMap((field) => fieldLines(field, colors))].map((line) => `  ${line}`);
}

/** `<cluster>/<unit>` of a path. */
function unitOf(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

function fieldLines(field: FieldChange, colors: Colors): string[] {
  const sign = SIGNS[field.change];
  const head = `    ${paint(sign, sign, colors)} ${field.path}`;
  if (field.lines) return [`${head}:`, ...hunks(field.lines).map((line) => textLine(line, colors))];
  if (field.change === 'reordered')
    return [`${head}: now in the order ${(field.after as readonly string[]).join(', ')}`];
  const before = field.before === undefined ? [] : valueLines(field.before);
  const after = field.after === undefined ? [] : valueLines(field.after);
  if (before.length <= 1 && after.length <= 1) return [`${head}: ${[...before, ...after].join(' → ')}`];
  return [
    `${head}:`,
    ...before.map((text) => textLine({ sign: '-', text }, colors)),
    ...after.map((text) => textLine({ sign: '+', text }, colors)),
  ];
}

function valueLines(value: Json): string[] {
  return toYaml(typeof value === 'string' && value.includes('\n') ? [value] : value)
    .trimEnd()
    .split('\n');
}

function textLine(line: LineChange | undefined, colors: Colors): string {
  return line
    ? `        ${paint(`${line.sign} ${line.text}`, line.sign, colors)}`
    : `        ${colors.dim('…')}`;
}

function paint(text: string, sign: keyof typeof PAINTS, colors: Colors): string {
  return colors[PAINTS[sign]](text);
}

function summary(changes: readonly ObjectChange[]): string {
  const counts = (['added', 'removed', 'changed', 'moved'] as const).map((kind) => {
    return [changes.filter(({ change }) => change === kind).length, kind] as const;
  });
  const said = counts.filter(([count]) => count > 0).map(([count, kind]) => `${count} ${kind}`);
  return said.length === 0 ? 'no object changes' : said.join(', ');
}
