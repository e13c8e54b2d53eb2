import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { startOf } from './process';
import { LabError } from './wait';

/**
 * Does something that only one process at a time may do to a lab.
 * @throws LabError where another one is at it. One that has died does not count.
 */
export async function locked<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const file = `${folder}.lock`;
  mkdirSync(dirname(file), { recursive: true });
  take(file);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** A process number alone is not enough: another process may have got it since. */
function take(file: string): void {
  const own = `${process.pid} ${startOf(process.pid)}`;
  try {
    writeFileSync(file, own, { flag: 'wx' });
  } catch {
    const [pid = '', start] = readFileSync(file, 'utf8').split(' ');
    const isHeld = Number(pid) !== process.pid && startOf(Number(pid)) === start;
    if (isHeld) throw new LabError(`process ${pid} is at work on this lab: wait for it`);
    writeFileSync(file, own);
  }
}
