import { reasonOf, seconds, type Service } from '@fluxwright/runtime';
import type { Database } from '../data/database';
import { sagaDriver } from './driver';
import { postgresSagaStore } from './postgres-store';
import { sagaStarter, type StartSaga } from './start';
import type { Step } from './types';
import { workOnSagas } from './worker';

/** The settings of a service that runs sagas. */
export const sagaSettings = {
  PATIENCE_SECONDS: seconds
    .min(1)
    .default(60)
    .describe('seconds to wait for a service that does not answer before what was begun is undone'),
};

/** What a service with sagas does with them. */
export interface SagaService<State> {
  readonly start: StartSaga<State>;
  /** Goes on with what waits or was abandoned, until the service stops. */
  readonly work: () => Promise<void>;
}

/** Runs sagas of the given steps from the service's own tables. */
export function serveSagas<State>(
  service: Service,
  database: Database,
  steps: readonly Step<State>[],
  patienceSeconds: number,
): SagaService<State> {
  const pace = { leaseSeconds: 15, patienceSeconds };
  const driver = sagaDriver({
    store: postgresSagaStore<State>(database),
    steps,
    pace,
    now: () => new Date(),
    onFailure: ({ id, status, attempts }, step, error) =>
      service.log.warn({ saga: id, step, status, attempts }, `cannot ${step}: ${reasonOf(error)}`),
  });
  return {
    start: sagaStarter({ service, driver, pace, answerSeconds: 4 }),
    work: () => workOnSagas(service, driver),
  };
}
