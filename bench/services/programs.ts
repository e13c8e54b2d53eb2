import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../test/systems/ports';

/** One of our programs as a process of its own, from the bundle that its image has. */
export interface RunningProgram {
  readonly name: string;
  readonly url: string;
  /** What the process has in memory, in MiB. */
  readonly memory: () => number;
}

const root = join(__dirname, '../..');
const running: ChildProcess[] = [];

/** Builds and starts a program; it is waited for with {@link ready}. */
export async function start(
  name: string,
  settings: Readonly<Record<string, string>>,
): Promise<RunningProgram> {
  const folder = join(root, 'services', name);
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const port = await freePort();
  const env = {
    ...settings,
    NODE_ENV: 'production',
    LOG_LEVEL: 'warn',
    PORT: String(port),
    DRAIN_SECONDS: '0',
  };
  const child = spawn(process.execPath, ['build/main.js'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  running.push(child);
  return { name, url: `http://127.0.0.1:${port}`, memory: () => residentMemory(child.pid) };
}

/** Waits until a program can do its job. */
export async function ready({ name, url }: RunningProgram): Promise<void> {
  for (const began = Date.now(); Date.now() - began < 60_000; await sleep(200)) {
    const answer = await fetch(`${url}/ready`).catch(() => undefined);
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
