import {
  constants,
  copyFileSync,
  linkSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/** Who writes, and what: read by the run that comes after one that was killed. */
export const LOCK = '.fluxwright.lock';

/** The lock that takes the place of another one. */
const NEXT = '.next';

/** Of another machine only the age of its lock is known. No write takes that long. */
const LONGEST_WRITE_MS = 10 * 60_000;
/** Without links a lock is empty while it is being made, and stays so after a crash in that very moment. */
const LONGEST_START_MS = 5_000;

const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

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
  if (create(file, [])) return { inherited: new Set() };
  const text = readIfThere(file);
  if (text === undefined) return acquire(folder);
  const holder = parse(text);
  const paths = holder?.paths ?? [];
  if (isAlive(holder, file) || !takeOver(file, text, paths)) return { busy: nameOf(holder) };
  return { inherited: new Set(paths) };
}

/** Remembers, before anything is changed, which files are about to be. */
export function journal(folder: string, paths: Iterable<string>): void {
  replace(join(folder, LOCK), holderOf(process.pid, [...paths]));
}

/** Lets the next one write, and tells it which files are ours although nothing lists them. */
export function release(folder: string, paths: ReadonlySet<string>): void {
  const file = join(folder, LOCK);
  for (const name of readdirSync(folder)) {
    // Left by a process that was killed while it asked for the lock.
    if (name.startsWith(`${LOCK}.`)) rmSync(join(folder, name), { force: true });
  }
  if (paths.size === 0) rmSync(file, { force: true });
  else replace(file, { ...holderOf(process.pid, [...paths]), pid: 0 });
}

/** Makes a lock that nobody ever sees without its content. */
function create(file: string, paths: readonly string[]): boolean {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify(holderOf(process.pid, paths)));
  try {
    linkOrCopy(own, file);
    return true;
  } catch (error) {
    // Whoever held the lock until now may have cleaned up.
    if (['EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** Not every file system has links. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch (error) {
    if (!NO_LINKS.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  }
}

/** Two processes may find the same dead lock: the one that makes the next one takes it, if it is still the same. */
function takeOver(file: string, seen: string, paths: readonly string[]): boolean {
  const next = file + NEXT;
  const other = readIfThere(next);
  if (other !== undefined && !isAlive(parse(other), next)) rmSync(next, { force: true });
  if (!create(next, paths)) return false;
  const isSame = readIfThere(file) === seen;
  if (isSame) renameSync(next, file);
  else rmSync(next, { force: true });
  return isSame;
}

function replace(file: string, holder: Holder): void {
  writeFileSync(file + NEXT, JSON.stringify(holder));
  renameSync(file + NEXT, file);
}

function nameOf(holder: Holder | undefined): string {
  return holder === undefined || holder.pid === 0
    ? 'another process'
    : `process ${holder.pid} on ${holder.host}`;
}

function holderOf(pid: number, paths: readonly string[]): Holder {
  const started = startOf(pid);
  return { pid, host: hostname(), ...(started !== undefined && { started }), paths };
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parse(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

function isAlive(holder: Holder | undefined, file: string): boolean {
  if (holder === undefined) return ageOf(file) < LONGEST_START_MS;
  if (holder.pid === 0) return false;
  if (holder.host !== hostname()) return ageOf(file) < LONGEST_WRITE_MS;
  return isRunning(holder.pid) && startOf(holder.pid) === holder.started;
}

function ageOf(file: string): number {
  const made = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - made;
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
