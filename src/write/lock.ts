import { openSync, closeSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Who writes, and what: read by the run that comes after one that was killed. */
export const LOCK = '.fluxwright.lock';

/** Of another machine only the age of its lock is known. No write takes that long. */
const LONGEST_WRITE_MS = 10 * 60_000;
/** A lock without content is one that is being made, or was left by a crash in that very moment. */
const LONGEST_START_MS = 5_000;

interface Holder {
  /** Zero where nobody writes any more, but what was written has to be remembered. */
  readonly pid: number;
  /** What tells a process from a later one with the same number, where the system says it. */
  readonly started?: string;
  readonly host: string;
  /** The files that are about to be written or removed. */
  readonly paths: readonly string[];
}

/** A lock that is held, or the reason why it cannot be had. */
export type Acquired = { readonly inherited: ReadonlySet<string> } | { readonly busy: string };

/**
 * Makes this process the only one that writes into a folder. What a killed process was about to write is
 * inherited: these files are ours, whatever state they are in.
 */
export function acquire(folder: string): Acquired {
  const file = join(folder, LOCK);
  if (create(file)) return { inherited: new Set() };
  const holder = read(file);
  if (isAlive(holder, file))
    return { busy: holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}` };
  const inherited = holder?.paths ?? [];
  journal(folder, inherited);
  return { inherited: new Set(inherited) };
}

/** Remembers, before anything is changed, which files are about to be. */
export function journal(folder: string, paths: Iterable<string>): void {
  replace(join(folder, LOCK), holderOf(process.pid, [...paths]));
}

/** Lets the next one write, and tells it which files are ours although nothing lists them. */
export function release(folder: string, paths: ReadonlySet<string>): void {
  const file = join(folder, LOCK);
  if (paths.size === 0) rmSync(file, { force: true });
  else replace(file, { ...holderOf(process.pid, [...paths]), pid: 0 });
}

function create(file: string): boolean {
  try {
    const descriptor = openSync(file, 'wx');
    writeFileSync(descriptor, JSON.stringify(holderOf(process.pid, [])));
    closeSync(descriptor);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function replace(file: string, holder: Holder): void {
  const next = `${file}.${process.pid}`;
  writeFileSync(next, JSON.stringify(holder));
  renameSync(next, file);
}

function holderOf(pid: number, paths: readonly string[]): Holder {
  const started = startOf(pid);
  return { pid, host: hostname(), ...(started !== undefined && { started }), paths };
}

function read(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isAlive(holder: Holder | undefined, file: string): boolean {
  const age = Date.now() - statSync(file).mtimeMs;
  if (holder === undefined) return age < LONGEST_START_MS;
  if (holder.pid === 0) return false;
  if (holder.host !== hostname()) return age < LONGEST_WRITE_MS;
  return isRunning(holder.pid) && startOf(holder.pid) === holder.started;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Linux numbers processes again and again; the time of their start tells them apart. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
