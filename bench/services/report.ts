import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Measured } from './load';
import type { Row } from './row';

const page = join(__dirname, '../../docs/programs.md');
const marked = /(<!-- measured by npm run bench:services -->\n)[^]*?(<!-- end -->)/;

const head = [
  'what',
  'clients',
  'per second',
  'p50 ms',
  'p99 ms',
  'beside',
  'per second',
  'p50 ms',
  'p99 ms',
  'throughput, beside / ours',
  'p99, ours / beside',
  'at rest MiB',
];

/** The rows as a table of Markdown. */
export function table(rows: readonly Row[]): string {
  const lines = rows.map(({ what, clients, ours, beside, bare, memory }) => [
    what,
    clients,
    ...figures(ours),
    beside,
    ...figures(bare),
    ratio(bare.perSecond, ours.perSecond),
    ratio(ours.p99Milliseconds, bare.p99Milliseconds),
    memoryOf(memory),
  ]);
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Puts the table, and what it was measured on, into the page of the programs. */
export function writePage(rows: readonly Row[]): void {
  const model = cpus()[0]?.model ?? 'processors';
  const where = `Node ${process.versions.node}, ${cpus().length} × ${model.trim()}, everything on one machine.`;
  const text = `\n${where}\n\n${table(rows)}\n\n`;
  writeFileSync(
    page,
    readFileSync(page, 'utf8').replace(marked, (_, begin: string, end: string) => `${begin}${text}${end}`),
  );
  execFileSync('npx', ['oxfmt', page]);
}

function figures({ perSecond, p50Milliseconds, p99Milliseconds }: Measured): string[] {
  return [perSecond.toFixed(0), p50Milliseconds.toFixed(1), p99Milliseconds.toFixed(1)];
}

function ratio(one: number, other: number): string {
  return (one / other).toFixed(2);
}

function memoryOf(memory: readonly number[]): string {
  const [least, most] = [Math.min(...memory), Math.max(...memory)].map((size) => size.toFixed(0));
  return memory.length === 1 ? `${most}` : `${memory.length} programs, ${least} to ${most} each`;
}
