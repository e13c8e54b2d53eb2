import { relative } from 'node:path';
import type { FluxApp } from '../construct/flux-app';
import { setHost } from '../construct/host';
import { reportCrash } from './crash';
import { UsageError } from './usage-error';

/**
 * Run a project's `main.ts` and get the app that it synthesizes; nothing is written.
 *
 * @param patient - whether the program may wait for something before it synthesizes
 */
export async function loadApp(file: string, patient = true): Promise<FluxApp> {
  const run = listen(file);
  try {
    if (/\.[cm]?tsx?$/.test(file)) require('tsx/cjs');
    require(file);
    // What was rejected without anybody who handles it comes to light after this turn.
    await new Promise(setImmediate);
    return await Promise.race([run.failure, run.app, ...(patient ? [] : [run.nothing()])]);
  } finally {
    run.close();
  }
}

interface Run {
  /** What it synthesizes. */
  readonly app: Promise<FluxApp>;
  /** Rejected where it ends in another way. */
  readonly failure: Promise<never>;
  /** Say that it has synthesized nothing. */
  readonly nothing: () => Promise<never>;
  readonly close: () => void;
}

/** Hear how a program ends. */
function listen(file: string): Run {
  const { promise: app, resolve } = withResolvers<FluxApp>();
  const { promise: failure, reject } = withResolvers<never>();
  const name = relative('', file);
  const nothing = new UsageError(
    `${name} synthesizes nothing: make a FluxApp in it and end with app.synth()`,
  );
  const ended = (): void => reject(nothing);
  const left = (): void => {
    reportCrash(
      new UsageError(`${name} calls process.exit: nothing was checked, and nothing written`),
      undefined,
    );
  };
  let first: FluxApp | undefined;
  setHost((one) => {
    if (first && one !== first) throw new Error('a second FluxApp synthesizes: make one, with all clusters');
    first = one;
    resolve(one);
  });
  process.on('unhandledRejection', reject).once('beforeExit', ended).once('exit', left);
  failure.catch(() => {});
  return {
    app,
    failure,
    nothing: () => Promise.reject(nothing),
    close: () => {
      // Who comes too late must not write what was refused.
      setHost(first ? undefined : () => {});
      process.off('unhandledRejection', reject).off('beforeExit', ended).off('exit', left);
    },
  };
}

function withResolvers<T>(): {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
} {
  let resolve!: (value: T) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<T>((done, fail) => ([resolve, reject] = [done, fail]));
  return { promise, resolve, reject };
}
