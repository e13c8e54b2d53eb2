import { randomUUID } from 'node:crypto';
import { withTrace } from '@fluxwright/runtime';
import type { Saga } from './types';

/** What became of one try of a step. */
export type Outcome<State> =
  | { readonly kind: 'succeeded'; readonly state: State }
  /** A definite no. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** No answer: it may have happened or not. */
  | { readonly kind: 'failed'; readonly reason: string };

/** How a saga is paced. */
export interface Pace {
  /** A worker that says nothing for so long is taken for dead. Longer than any one step may take. */
  readonly leaseSeconds: number;
  /** A saga that cannot go forward for so long turns back. Turning back is never given up. */
  readonly patienceSeconds: number;
}

/** A new saga, held by whoever starts it. */
export function newSaga<State>(id: string, state: State, { leaseSeconds }: Pace, now: Date): Saga<State> {
  const dueAt = later(now, leaseSeconds);
  const begun = { step: 0, status: 'forward', attempts: 0, startedAt: now, trace: withTrace() } as const;
  return { ...begun, id, state, dueAt, lease: randomUUID() };
}

/** Where a saga of `steps` steps stands after a try. */
export function advance<State>(
  saga: Saga<State>,
  outcome: Outcome<State>,
  steps: number,
  pace: Pace,
  now: Date,
): Saga<State> {
  const held = { ...saga, attempts: 0, dueAt: later(now, pace.leaseSeconds) };
  if (outcome.kind === 'succeeded') return moved({ ...held, state: outcome.state }, steps);
  if (saga.status === 'forward' && (outcome.kind === 'refused' || isOutOfPatience(saga, pace, now))) {
    // The step that failed is undone as well: an earlier try of it may have gone through unheard.
    return { ...held, status: 'back', reason: outcome.reason };
  }
  const waiting = { ...saga, attempts: saga.attempts + 1, dueAt: later(now, backoff(saga.attempts)) };
  return isIrrevocable(saga, outcome, steps) ? ahead(waiting) : waiting;
}

/** Whether the last step was taken although nobody heard of it, and cannot be taken back: a parcel that has left. */
function isIrrevocable<State>(
  { status, step }: Saga<State>,
  outcome: Outcome<State>,
  steps: number,
): boolean {
  return status === 'back' && step === steps - 1 && outcome.kind === 'refused';
}

function ahead<State>({ reason: _, ...saga }: Saga<State>): Saga<State> {
  return { ...saga, status: 'forward' };
}

/** True while there is something left to do. */
export function isUnderway(saga: Pick<Saga<unknown>, 'status'>): boolean {
  return saga.status === 'forward' || saga.status === 'back';
}

function moved<State>(saga: Saga<State>, steps: number): Saga<State> {
  if (saga.status === 'back')
    return saga.step === 0 ? { ...saga, status: 'undone' } : { ...saga, step: saga.step - 1 };
  return saga.step === steps - 1 ? { ...saga, status: 'done' } : { ...saga, step: saga.step + 1 };
}

function isOutOfPatience(saga: Saga<unknown>, { patienceSeconds }: Pace, now: Date): boolean {
  return now.getTime() - saga.startedAt.getTime() > patienceSeconds * 1_000;
}

function backoff(attempts: number): number {
  return Math.min(30, 0.25 * 2 ** attempts);
}

function later(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1_000);
}
