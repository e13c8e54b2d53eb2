import { randomUUID } from 'node:crypto';
import { Unavailable, reasonOf, within, type Service } from '@fluxwright/runtime';
import type { SagaDriver } from './driver';
import { newSaga, type Pace } from './progress';
import type { Saga } from './types';

/** What starting sagas takes. */
export interface SagaStarterProps<State> {
  readonly service: Pick<Service, 'log'>;
  readonly driver: SagaDriver<State>;
  readonly pace: Pace;
  /** How long to wait for the end of a saga before answering that it is under way. */
  readonly answerSeconds: number;
}

/**
 * Starts a saga and returns its id. `keep` stores it together with what it is about, and returns the id of the one that is there
 * already if the same was asked before. Once kept, a saga is seen through even if this process does not live to do it.
 */
export type StartSaga<State> = (
  state: State,
  keep: (saga: Saga<State>) => Promise<string>,
) => Promise<string>;

/** Starts sagas, and drives them for as long as somebody waits for the answer and on. */
export function sagaStarter<State>(props: SagaStarterProps<State>): StartSaga<State> {
  return async (state, keep) => {
    const saga = newSaga(randomUUID(), state, props.pace, new Date());
    const id = await keep(saga);
    if (id === saga.id) await settled(drive(saga, props), props.answerSeconds);
    return id;
  };
}

async function drive<State>(saga: Saga<State>, { driver, service }: SagaStarterProps<State>): Promise<void> {
  try {
    await driver.drive(saga);
  } catch (error) {
    service.log.warn({ saga: saga.id }, `will go on with it later: ${reasonOf(error)}`);
  }
}

/** Waits for the end, but not too long: the saga goes on when nobody waits for it any more. */
async function settled(driving: Promise<void>, seconds: number): Promise<void> {
  await within(seconds * 1_000, driving, late).catch(() => undefined);
}

function late(): Error {
  return new Unavailable('it is still under way');
}
