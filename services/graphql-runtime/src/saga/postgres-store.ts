import { randomUUID } from 'node:crypto';
import type { Database, Queries } from '../data/database';
import type { Migration } from '../data/migrations';
import type { Saga, SagaStore } from './types';

/** The table that a service with sagas adds to its own. */
export const sagaMigration: Migration = {
  name: 'sagas',
  sql: `
    create table sagas (
      id text primary key,
      state jsonb not null,
      step int not null,
      status text not null check (status in ('forward', 'back', 'done', 'undone')),
      reason text,
      attempts int not null,
      started_at timestamptz not null,
      due_at timestamptz not null,
      lease text not null
    );
    create index sagas_due on sagas (due_at) where status in ('forward', 'back');
  `,
};

/** What {@link sagaMigration} left out; it comes after all that a service had when there was nothing else. */
export const sagaTraceMigration: Migration = {
  name: 'traces of sagas',
  sql: `alter table sagas add column trace jsonb not null default '{}'`,
};

interface SagaRow<State> {
  readonly id: string;
  readonly state: State;
  readonly step: number;
  readonly status: Saga<State>['status'];
  readonly reason: string | null;
  readonly attempts: number;
  readonly started_at: Date;
  readonly due_at: Date;
  readonly lease: string;
  readonly trace: Saga<State>['trace'];
}

/** Sagas in the service's own schema; replicas share the work. */
export function postgresSagaStore<State>(database: Database): SagaStore<State> {
  return {
    claim: async (leaseSeconds) => {
      const rows = await database.query<SagaRow<State>>(claimStatement, [randomUUID(), leaseSeconds]);
      return rows.map(fromRow)[0];
    },
    save: async (saga) => {
      const rows = await database.query(saveStatement, values(saga));
      return rows.length === 1;
    },
  };
}

/** Stores a new saga, within the transaction that stores what it is about. */
export async function insertSaga<State>(queries: Queries, saga: Saga<State>): Promise<void> {
  await queries.query(
    `insert into sagas (id, lease, state, step, status, reason, attempts, due_at, started_at, trace)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [...values(saga), saga.startedAt, JSON.stringify(saga.trace)],
  );
}

const claimStatement = `
  update sagas set lease = $1, due_at = now() + make_interval(secs => $2)
  where id = (
    select id from sagas where status in ('forward', 'back') and due_at <= now()
    order by due_at limit 1 for update skip locked
  )
  returning *`;

const saveStatement = `
  update sagas set state = $3, step = $4, status = $5, reason = $6, attempts = $7, due_at = $8
  where id = $1 and lease = $2
  returning id`;

function values(saga: Saga<unknown>): unknown[] {
  const { id, lease, state, step, status, reason, attempts, dueAt } = saga;
  return [id, lease, JSON.stringify(state), step, status, reason ?? null, attempts, dueAt];
}

function fromRow<State>(row: SagaRow<State>): Saga<State> {
  const { reason, started_at: startedAt, due_at: dueAt, ...same } = row;
  const saga = { ...same, startedAt, dueAt };
  return reason === null ? saga : { ...saga, reason };
}
