import { setTimeout as sleep } from 'node:timers/promises';

/** Waits; returns early, without an error, when the signal says so. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** How often and how patiently to try again. */
export interface Patience {
  /** Ends the trying; the result is then undefined. */
  readonly signal: AbortSignal;
  /** Is told of each failure. */
  readonly onFailure: (error: unknown) => void;
  /** The first wait in milliseconds; it doubles up to `longest`. */
  readonly first?: number;
  readonly longest?: number;
}

/** Tries until it works: for what has to come up sooner or later, such as a broker. */
export async function untilItWorks<T>(attempt: () => Promise<T>, patience: Patience): Promise<T | undefined> {
  const { signal, onFailure, first = 500, longest = 5_000 } = patience;
  for (let wait = first; !signal.aborted; wait = Math.min(wait * 2, longest)) {
    try {
      return await attempt();
    } catch (error) {
      onFailure(error);
    }
    await pause(wait, signal);
  }
  return undefined;
}

/** The result of `work`, or the error made by `late` when it takes too long. The work itself goes on unseen. */
export async function within<T>(milliseconds: number, work: Promise<T>, late: () => Error): Promise<T> {
  const done = new AbortController();
  const timer = sleep(milliseconds, undefined, { signal: done.signal, ref: true }).then(
    () => Promise.reject(late()),
    () => work,
  );
  try {
    return await Promise.race([work, timer]);
  } finally {
    done.abort();
  }
}
