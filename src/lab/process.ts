import { execFile, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { LabError, waitFor } from './wait';

/** A process of a lab, found in the kernel's own table: nothing else has to be remembered, nothing can be stale. */
export interface LabProcess {
  readonly component: string;
  readonly pid: number;
  readonly parent: number;
  /** The name of the program, as the kernel keeps it. */
  readonly program: string;
}

/** How a process is started. */
export interface Start {
  readonly lab: string;
  readonly component: string;
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly log: string;
}

const MARK = 'FLUXWRIGHT_LAB';

/** Starts a process that outlives this one; it and whatever it starts carry the lab's mark. */
export function startProcess({ lab, component, command, env, log }: Start): number {
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'a');
  const [program = '', ...args] = command;
  const marked = { ...env, [MARK]: `${lab}/${component}` };
  const child = spawn(program, args, {
    detached: true,
    cwd: '/',
    env: marked,
    stdio: ['ignore', output, output],
  });
  child.on('error', () => {});
  child.unref();
  closeSync(output);
  if (child.pid === undefined) throw new LabError(`${component}: ${program} cannot be started`);
  return child.pid;
}

/** Every process that carries the mark of a lab. Those in pods do not: they end with their node. */
export function labProcesses(lab: string): LabProcess[] {
  return readdirSync('/proc').flatMap((entry) =>
    /^\d+$/.test(entry) ? readProcess(lab, Number(entry)) : [],
  );
}

/**
 * The process that stands for a component. What was started is `nsenter` or `unshare`, which waits for the program
 * that entered the namespaces: that one is the component, and what it started itself is not.
 */
export function mainProcess(processes: readonly LabProcess[], component: string): LabProcess | undefined {
  const own = processes.filter((process) => process.component === component);
  const pids = new Set(own.map(({ pid }) => pid));
  const wrapper = own.find(({ parent, program }) => /^(nsenter|unshare)$/.test(program) && !pids.has(parent));
  return own.find(({ parent }) => parent === wrapper?.pid);
}

/** Ends processes and waits until they are gone: politely first, then not. */
export async function endProcesses(
  processes: readonly Pick<LabProcess, 'pid'>[],
  graceSeconds: number,
): Promise<void> {
  const pids = processes.map(({ pid }) => pid);
  signalAll(pids, 'SIGTERM');
  const missing = async (): Promise<string | undefined> => {
    const left = pids.filter(isAlive);
    return left.length === 0 ? undefined : `process ${left.join(', ')} is still there`;
  };
  try {
    await waitFor({ what: 'stopping', seconds: graceSeconds, missing });
  } catch {
    signalAll(pids, 'SIGKILL');
    await waitFor({ what: 'killing', seconds: 10, missing });
  }
}

/** Ends every process of a lab: those that hold machines first, for the kernel ends all others on them. */
export async function endLab(lab: string): Promise<void> {
  for (let left = labProcesses(lab); left.length > 0; left = labProcesses(lab)) {
    const machines = left.filter(({ component }) => component.endsWith('/init'));
    await endProcesses(machines.length > 0 ? machines : left, 0);
  }
}

/** Whether a process exists and is no zombie. */
export function isAlive(pid: number): boolean {
  const state = statOf(pid)?.state;
  return state !== undefined && state !== 'Z' && state !== 'X';
}

/** When a process was started, as the kernel counts; undefined where there is none. */
export function startOf(pid: number): string | undefined {
  return statOf(pid)?.start;
}

/** The children of a process. */
export function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

const execute = promisify(execFile);

/**
 * Runs a command to its end.
 * @throws LabError with what it printed, where it fails.
 */
export async function run(program: string, args: readonly string[], seconds = 60): Promise<string> {
  try {
    const options = { timeout: seconds * 1000, maxBuffer: 64 << 20 };
    return (await execute(program, [...args], options)).stdout;
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new LabError(`${program} ${args.join(' ')}: ${stderr?.trim() || message}`);
  }
}

function signalAll(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}

function readProcess(lab: string, pid: number): LabProcess[] {
  const stat = statOf(pid);
  if (!stat || stat.state === 'Z') return [];
  const component = markOf(pid, lab);
  return component === undefined ? [] : [{ component, pid, parent: stat.parent, program: stat.program }];
}

function markOf(pid: number, lab: string): string | undefined {
  const prefix = `${MARK}=${lab}/`;
  return environmentOf(pid)
    .find((entry) => entry.startsWith(prefix))
    ?.slice(prefix.length);
}

/** A process that is just becoming another program shows no environment for a moment: it is asked again. */
function environmentOf(pid: number): string[] {
  try {
    for (let tries = 0; tries < 100; tries++) {
      const text = readFileSync(`/proc/${pid}/environ`, 'utf8');
      if (text !== '' || statOf(pid)?.bare !== false) return text.split('\0');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  } catch {}
  return [];
}

interface Stat {
  readonly program: string;
  readonly state: string;
  readonly parent: number;
  readonly start: string;
  /** Whether it has no environment: a thread of the kernel, which has no memory, or one started with none. */
  readonly bare: boolean;
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const nameEnd = text.lastIndexOf(')');
    const fields = text.slice(nameEnd + 2).split(' ');
    const [state = '', parent = '0'] = fields;
    const program = text.slice(text.indexOf('(') + 1, nameEnd);
    const [memory, environment, end] = [fields[20], fields[47], fields[48]];
    const bare = memory === '0' || (end !== '0' && environment === end);
    return { program, state, parent: Number(parent), start: fields[19] ?? '', bare };
  } catch {
    return undefined;
  }
}
