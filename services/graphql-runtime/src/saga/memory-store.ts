import { randomUUID } from 'node:crypto';
import type { Saga, SagaStore } from './types';

/** Sagas that last as long as the process: for tests. */
export interface MemorySagaStore<State> extends SagaStore<State> {
  insert(saga: Saga<State>): void;
  find(id: string): Saga<State> | undefined;
}

/** Behaves as the store in PostgreSQL does, under a clock of the test's own. */
export function memorySagaStore<State>(now: () => Date): MemorySagaStore<State> {
  const sagas = new Map<string, Saga<State>>();
  return {
    insert: (saga) => void sagas.set(saga.id, saga),
    find: (id) => sagas.get(id),
    claim: async (leaseSeconds) => {
      const due = [...sagas.values()].find(
        ({ status, dueAt }) => ['forward', 'back'].includes(status) && dueAt <= now(),
      );
      if (!due) return undefined;
      const claimed = {
        ...due,
        lease: randomUUID(),
        dueAt: new Date(now().getTime() + leaseSeconds * 1_000),
      };
      sagas.set(claimed.id, claimed);
      return claimed;
    },
    save: async (saga) => {
      const held = sagas.get(saga.id)?.lease === saga.lease;
      if (held) sagas.set(saga.id, saga);
      return held;
    },
  };
}
