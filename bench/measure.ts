import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
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

/** A run that takes longer is stopped, and counts as if it had taken this long. */
export const limit = 60_000;

/**
 * In memory where there is such a folder: on a disk, making thousands of files right after thousands were deleted got
 * slower with every run.
 */
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** The median of several runs in fresh folders; of one, where a run takes long. */
export async function measure(program: Program, size: Size, runs: number): Promise<Run> {
  const first = await runOnce(program, size);
  if (first.milliseconds > patience) return first;
  const all: Run[] = [];
  while (all.length < runs) all.push(await runOnce(program, size));
  const sorted = all.sort((left, right) => left.milliseconds - right.milliseconds);
  return sorted[Math.floor(sorted.length / 2)] ?? first;
}

async function runOnce(program: Program, { objects, charts }: Size): Promise<Run> {
  const folder = mkdtempSync(join(place, 'fluxwright-bench-'));
  const [out, memory] = [join(folder, 'out'), join(folder, 'memory')];
  const size = { BENCH_OUT: out, BENCH_OBJECTS: String(objects), BENCH_CHARTS: String(charts) };
  const env = { ...process.env, ...size, BENCH_MEMORY: memory, NODE_OPTIONS: `--require ${recorder}` };
  const command = program.command(out);
  const start = process.hrtime.bigint();
  const { code, stderr } = await ended(command, env);
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (code !== 0 && milliseconds < limit) throw new Error(`${program.name} failed: ${stderr.slice(-2000)}`);
  const peak = code === 0 ? Math.max(...readFileSync(memory, 'utf8').trim().split('\n').map(Number)) : 0;
  rmSync(folder, { recursive: true, force: true });
  return { milliseconds: Math.min(milliseconds, limit), mebibytes: peak / 1024 };
}

/** The end of a program, and of all that it started if it takes too long. */
function ended(
  [command = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const child = spawn(command, args, { env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  const timer = setTimeout(() => process.kill(-child.pid!, 'SIGKILL'), limit);
  let stderr = '';
  child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
  return new Promise((done, fail) => {
    child.on('error', fail).on('close', (code) => {
      clearTimeout(timer);
      done({ code, stderr });
    });
  });
}

const recorder = join(__dirname, 'programs', 'memory.cjs');
