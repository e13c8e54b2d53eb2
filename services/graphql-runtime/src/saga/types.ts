import type { Carrier } from '@fluxwright/runtime';

/**
 * One step of a saga. It runs at least once, perhaps more often (after a crash, after an answer that was lost), so whatever it asks of
 * others carries the saga's id as its idempotency key.
 */
export interface Step<State> {
  readonly name: string;
  /** Does the step and returns the state that the later ones need. A `Refusal` turns the saga back; any other error is tried again. */
  run(id: string, state: State): Promise<State>;
  /**
   * Takes the step back. It must also do for a step that never happened, and then keep it from happening later. A `Refusal` is
   * tried again as well, but for the last step, which has happened then: the saga goes forward.
   */
  undo?(id: string, state: State): Promise<void>;
}

/** Where a saga stands. */
export interface SagaProgress<State> {
  readonly state: State;
  /** The step to run, or to undo, next. */
  readonly step: number;
  readonly status: 'forward' | 'back' | 'done' | 'undone';
  /** Why it turned back. */
  readonly reason?: string;
  /** Failed tries of the present step. */
  readonly attempts: number;
  /** When to go on. While someone works on it: when others may take it for abandoned. */
  readonly dueAt: Date;
}

/** A saga as its store keeps it. */
export interface Saga<State> extends SagaProgress<State> {
  readonly id: string;
  readonly startedAt: Date;
  /** The headers of the trace that it began in: whoever goes on with it goes on in that. */
  readonly trace: Readonly<Carrier>;
  /** Who works on it: progress reported under an older lease is refused. */
  readonly lease: string;
}

/** Keeps sagas, so that they outlive the process that drives them. */
export interface SagaStore<State> {
  /** Takes one saga that is due, for `leaseSeconds`; nobody else gets it until then. */
  claim(leaseSeconds: number): Promise<Saga<State> | undefined>;
  /** Records progress. False: the lease was lost, and somebody else drives the saga now. */
  save(saga: Saga<State>): Promise<boolean>;
}
