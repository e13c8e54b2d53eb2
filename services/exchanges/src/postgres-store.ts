import { insertSaga, type Database, type Queries } from '@fluxwright/graphql-runtime';
import {
  alreadyExchanged,
  isSameWish,
  keyReused,
  type Exchange,
  type ExchangeState,
  type ExchangeStore,
  type NewExchange,
} from './store';

interface Row {
  readonly id: string;
  readonly key: string;
  readonly state: ExchangeState;
  readonly status: Exchange['progress']['status'];
  readonly reason: string | null;
}

const select = 'select e.id, e.key, s.state, s.status, s.reason from exchanges e join sagas s using (id)';

/** Exchanges in the service's own schema. */
export function postgresExchangeStore(database: Database): ExchangeStore {
  const find = async (where: string, ids: readonly string[]): Promise<Exchange[]> =>
    (await database.query<Row>(`${select} ${where} order by s.started_at`, [ids])).map(fromRow);
  return {
    request: (exchange) => database.transaction((queries) => request(queries, exchange)),
    byIds: (ids) => find('where e.id = any($1)', ids),
    byOrderIds: (ids) => find('where e.order_id = any($1)', ids),
  };
}

async function request(queries: Queries, { key, saga }: NewExchange): Promise<string> {
  const { state } = saga;
  // One request for an order at a time: whoever comes second sees what the first one did.
  await queries.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [state.orderId]);
  const others = await queries.query<Row>(`${select} where e.key = $1 or e.order_id = $2`, [
    key,
    state.orderId,
  ]);
  const known = others.find((other) => other.key === key);
  if (known && !isSameWish(known.state, state)) throw keyReused(key);
  if (known) return known.id;
  if (others.some((other) => other.state.sku === state.sku && other.status !== 'undone'))
    throw alreadyExchanged(state);
  await insertSaga(queries, saga);
  await queries.query('insert into exchanges (id, key, order_id) values ($1, $2, $3)', [
    saga.id,
    key,
    state.orderId,
  ]);
  return saga.id;
}

function fromRow({ id, state, status, reason }: Row): Exchange {
  return { id, progress: reason === null ? { state, status } : { state, status, reason } };
}
