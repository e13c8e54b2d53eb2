import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './ports';

/** One of our programs as a process of its own, from the bundle that its image has. */
export interface RunningProgram {
  readonly name: string;
  readonly url: string;
  /** What the process has in memory, in MiB. */
  readonly memory: () => number;
  readonly hasEnded: () => boolean;
}

const root = join(__dirname, '../..');
const running: ChildProcess[] = [];
// Whatever ends this process, nothing that it started is left behind.
process.once('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** Builds and starts a program, on a port of its own unless settings name one; it is waited for with {@link ready}. What it logs is not shown unless `output` says so. */
export async function start(
  name: string,
  settings: Readonly<Record<string, string>>,
  output: 'ignore' | 'inherit' = 'ignore',
): Promise<RunningProgram> {
  const folder = join(root, 'services', name);
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  const port = settings['PORT'] ?? String(await freePort());
  const env = { NODE_ENV: 'production', LOG_LEVEL: 'warn', DRAIN_SECONDS: '0', ...settings, PORT: port };
  const child = spawn(process.execPath, ['build/main.js'], {
    cwd: folder,
    env,
    stdio: ['ignore', output, 'inherit'],
  });
  running.push(child);
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    memory: () => residentMemory(child.pid),
    hasEnded: () => child.exitCode !== null,
  };
}

/** Waits until a program can do its job. */
export async function ready({ name, url, hasEnded }: RunningProgram): Promise<void> {
  for (const began = Date.now(); Date.now() - began < 60_000; await sleep(200)) {
    const answer = await fetch(`${url}/ready`).catch(() => undefined);
    if (hasEnded()) throw new Error(`${name} ended; above it says why`);
    if (answer?.ok) return;
  }
  throw new Error(`${name} did not get ready within a minute`);
}

/** Ends all that were started. */
export async function stopAll(): Promise<void> {
  for (const child of running.splice(0)) {
    const exit = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill('SIGTERM')) await exit;
  }
}

function residentMemory(pid: number | undefined): number {
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1_024;
}
