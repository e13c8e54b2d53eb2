import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE = 60_000;

/** Waits until something is so. @throws when it is not so in time. */
export async function until(condition: () => boolean): Promise<void> {
  for (const started = Date.now(); !condition(); await sleep(2)) {
    if (Date.now() - started > PATIENCE) throw new Error(`never so: ${condition.toString()}`);
  }
}
