import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Something that the lab cannot do, said so that a person can act on it. */
export class LabError extends Error {
  override readonly name = 'LabError';
}

/** A wait that ends: for what, how long, and whose log tells why it did not come. */
export interface Wait {
  readonly what: string;
  readonly seconds: number;
  /** What is still missing; undefined once nothing is. */
  readonly missing: () => Promise<string | undefined>;
  readonly log?: string;
}

const PAUSE = 150;
const TAIL = 20;

/**
 * Asks again and again until nothing is missing.
 * @throws LabError when the time is over, with what was missing and the end of the log.
 */
export async function waitFor({ what, seconds, missing, log }: Wait): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await missing();
    if (answer === undefined) return;
    if (Date.now() > end) throw new LabError(`${what} after ${seconds} s: ${answer}${tailText(log)}`);
    await sleep(PAUSE);
  }
}

/** The last lines of a log; empty where there is none. */
export function tail(file: string, lines = TAIL): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

/** The last lines of a log with their heading; empty where there are none. */
export function tailText(log: string | undefined): string {
  const end = log === undefined ? '' : tail(log);
  return end === '' ? '' : `\nThe end of ${log}:\n${end}`;
}
