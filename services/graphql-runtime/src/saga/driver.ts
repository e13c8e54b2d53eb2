import { SpanKind, traced } from '@fluxwright/runtime';
import { Refusal } from '../refusal';
import { advance, isUnderway } from './progress';
import type { Outcome, Pace } from './progress';
import type { Saga, SagaStore, Step } from './types';

/** What a driver works with. */
export interface SagaDriverProps<State> {
  readonly store: SagaStore<State>;
  readonly steps: readonly Step<State>[];
  readonly pace: Pace;
  /** Told of every try that failed. */
  readonly onFailure: (saga: Saga<State>, step: string, error: unknown) => void;
  readonly now: () => Date;
}

/** Sees sagas through. */
export interface SagaDriver<State> {
  /** Drives a saga that the caller holds until it ends or has to wait, and returns where it stands. */
  drive(saga: Saga<State>): Promise<Saga<State>>;
  /** Drives one saga that nobody holds and that is due. False: there is none. */
  driveNext(): Promise<boolean>;
}

/** A driver keeps nothing in memory: any number of them, in any number of processes, share one store. */
export function sagaDriver<State>(props: SagaDriverProps<State>): SagaDriver<State> {
  const drive = async (saga: Saga<State>): Promise<Saga<State>> => {
    const outcome = await attempt(saga, props);
    const next = advance(saga, outcome, props.steps.length, props.pace, props.now());
    const saved = await props.store.save(next);
    const waits = next.attempts > 0;
    return saved && isUnderway(next) && !waits ? drive(next) : next;
  };
  return {
    drive,
    driveNext: async () => {
      const saga = await props.store.claim(props.pace.leaseSeconds);
      if (saga) await traced('go on', { kind: SpanKind.INTERNAL, parent: saga.trace }, () => drive(saga));
      return saga !== undefined;
    },
  };
}

async function attempt<State>(saga: Saga<State>, props: SagaDriverProps<State>): Promise<Outcome<State>> {
  const step = props.steps[saga.step];
  if (!step) return { kind: 'failed', reason: `there is no step ${saga.step}` };
  try {
    if (saga.status === 'forward') return { kind: 'succeeded', state: await step.run(saga.id, saga.state) };
    await step.undo?.(saga.id, saga.state);
    return { kind: 'succeeded', state: saga.state };
  } catch (error) {
    props.onFailure(saga, step.name, error);
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: error instanceof Refusal ? 'refused' : 'failed', reason };
  }
}
