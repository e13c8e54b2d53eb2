import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isAlive } from './process';
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

function take(file: string): void {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
  } catch {
    const holder = Number(readFileSync(file, 'utf8'));
    if (holder !== process.pid && isAlive(holder))
      throw new LabError(`process ${holder} is at work on this lab: wait for it`);
    writeFileSync(file, String(process.pid));
  }
}
