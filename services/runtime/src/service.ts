import { setMaxListeners } from 'node:events';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { reasonOf } from './errors';
import { createLog, type Logger } from './log';
import { createReadiness, type Readiness } from './readiness';
import type { CommonSettings } from './settings';
import { within } from './wait';

/** One running program: what its parts share, and how it ends. */
export interface Service {
  readonly name: string;
  readonly version: string;
  readonly log: Logger;
  readonly metrics: Registry;
  readonly readiness: Readiness;
  /** Aborted as soon as the program begins to stop. */
  readonly stopping: AbortSignal;
  /**
   * Adds a step to the stop. What was added last runs first, so whatever takes in work, added last, ends before what
   * that work needs.
   */
  onStop(what: string, step: () => Promise<void> | void): void;
  /** Stops the program with exit code 1: for what only a restart can repair. */
  fail(error: unknown): void;
  /** Stops the program: all steps, within the grace, then the exit. */
  stop(code?: number): Promise<void>;
}

/** What makes a {@link Service}. */
export interface ServiceOptions {
  readonly name: string;
  readonly version: string;
  readonly settings: CommonSettings;
  readonly exit: (code: number) => void;
  readonly log?: Logger;
}

interface Step {
  readonly what: string;
  readonly run: () => Promise<void> | void;
}

/** Makes a service; {@link run} does so for a whole program. */
export function createService(options: ServiceOptions): Service {
  const { name, version, settings, exit } = options;
  const log = options.log ?? createLog(name, version, settings.LOG_LEVEL);
  const readiness = watchedReadiness(log);
  const steps: Step[] = [];
  const stopping = new AbortController();
  // Every page that is open waits for it.
  setMaxListeners(Infinity, stopping.signal);
  let stopped: Promise<void> | undefined;

  const stopOnce = async (code: number): Promise<void> => {
    readiness.need('service', 'it is stopping');
    stopping.abort();
    const clean = await runSteps(steps, settings.STOP_GRACE_SECONDS * 1_000, log);
    exit(clean ? code : 1);
  };
  const stop = (code = 0): Promise<void> => (stopped ??= stopOnce(code));

  return {
    name,
    version,
    log,
    readiness,
    metrics: createMetrics(name, version),
    stopping: stopping.signal,
    onStop: (what, run) => steps.push({ what, run }),
    stop,
    fail(error) {
      log.fatal({ err: error }, `cannot go on: ${reasonOf(error)}`);
      void stop(1);
    },
  };
}

/** Waits until the service can do its job, or begins to stop. */
export function whenReady({ readiness, stopping }: Service): Promise<void> {
  return new Promise((resolve) => {
    if (readiness.report().ready || stopping.aborted) resolve();
    readiness.onChange(({ ready }) => ready && resolve());
    stopping.addEventListener('abort', () => resolve(), { once: true });
  });
}

async function runSteps(steps: readonly Step[], grace: number, log: Logger): Promise<boolean> {
  const deadline = Date.now() + grace;
  let clean = true;
  for (const { what, run } of steps.toReversed()) {
    const late = (): Error => new Error(`no time left of the ${grace / 1_000} s to stop in`);
    try {
      await within(Math.max(1, deadline - Date.now()), Promise.resolve().then(run), late);
      log.debug(`stopped: ${what}`);
    } catch (error) {
      clean = false;
      log.error({ err: error }, `stopping ${what} failed: ${reasonOf(error)}`);
    }
  }
  return clean;
}

function watchedReadiness(log: Logger): Readiness {
  const readiness = createReadiness();
  readiness.onChange(({ ready, waitingFor }) =>
    log.info(ready ? 'ready' : { waitingFor }, ready ? undefined : 'not ready'),
  );
  return readiness;
}

function createMetrics(name: string, version: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ service: name, version });
  collectDefaultMetrics({ register: registry });
  return registry;
}
