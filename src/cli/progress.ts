import { Worker } from 'node:worker_threads';

/** What takes less time needs no word about it. */
const patienceMs = 1000;

/**
 * Do something, and where it takes more than a second say so on a terminal, with the seconds, until it is done. The
 * work holds its thread, so another one draws.
 */
export async function withProgress<T>(what: string, work: () => T | Promise<T>): Promise<T> {
  if (!process.stderr.isTTY) return work();
  const done = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(`(${draw.toString()})()`, {
    eval: true,
    workerData: { what, done, patienceMs },
  });
  worker.unref();
  try {
    return await work();
  } finally {
    Atomics.store(done, 0, 1);
    Atomics.notify(done, 0);
    void worker.terminate();
    // Whatever was drawn goes before anything else is printed.
    process.stderr.write('\r\x1b[K');
  }
}

/** Runs in the other thread, so it may use nothing from here. Standard error is written directly: its stream is ours. */
function draw(): void {
  const { workerData } = require('node:worker_threads') as typeof import('node:worker_threads');
  const { writeSync } = require('node:fs') as typeof import('node:fs');
  const {
    what,
    done,
    patienceMs: patience,
  } = workerData as {
    what: string;
    done: Int32Array;
    patienceMs: number;
  };
  const start = Date.now();
  let wait = patience;
  while (Atomics.wait(done, 0, 0, wait) === 'timed-out') {
    writeSync(2, `\r\x1b[K${what} … ${Math.round((Date.now() - start) / 1000)} s`);
    wait = 1000;
  }
}
