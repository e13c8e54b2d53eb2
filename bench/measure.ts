import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One program's run: how long the whole process took, and how much memory it had. */
export interface Run {
  readonly milliseconds: number;
  readonly mebibytes: number;
}

/** How big an estate is. */
export interface Size {
  readonly objects: number;
  readonly charts: number;
}

/** A program to measure, as the command that runs it. */
export interface Program {
  readonly name: string;
  readonly command: (out: string) => readonly string[];
}

/** Longer than this, and one run has to do. */
const patience = 10_000;

/** The median of several runs in fresh folders; of one, where a run takes long. */
export function measure(program: Program, size: Size, runs: number): Run {
  const first = runOnce(program, size);
  if (first.milliseconds > patience) return first;
  const all = Array.from({ length: runs }, () => runOnce(program, size));
  const sorted = all.sort((left, right) => left.milliseconds - right.milliseconds);
  return sorted[Math.floor(sorted.length / 2)] ?? first;
}

function runOnce(program: Program, { objects, charts }: Size): Run {
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-bench-'));
  const [out, memory] = [join(folder, 'out'), join(folder, 'memory')];
  const size = { BENCH_OUT: out, BENCH_OBJECTS: String(objects), BENCH_CHARTS: String(charts) };
  const env = { ...process.env, ...size, BENCH_MEMORY: memory, NODE_OPTIONS: `--require ${recorder}` };
  const [command = '', ...args] = program.command(out);
  const start = process.hrtime.bigint();
  const result = spawnSync(command, args, { env, encoding: 'utf8', timeout: 300_000, maxBuffer: 1 << 26 });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (result.status !== 0) throw new Error(`${program.name} failed: ${result.stderr.slice(-2000)}`);
  const peak = Math.max(...readFileSync(memory, 'utf8').trim().split('\n').map(Number));
  rmSync(folder, { recursive: true, force: true });
  return { milliseconds, mebibytes: peak / 1024 };
}

const recorder = join(__dirname, 'programs', 'memory.cjs');
