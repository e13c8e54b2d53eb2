import { insertSaga, type Database, type Queries } from '@fluxwright/graphql-runtime';
import {
  fingerprint,
  keyReused,
  ordersPerCustomer,
  type NewOrder,
  type Order,
  type OrderState,
  type OrderStore,
} from './store';

interface Row {
  readonly id: string;
  readonly placed_at: Date;
  readonly state: OrderState;
  readonly status: Order['progress']['status'];
  readonly reason: string | null;
}

const select = 'select o.id, o.placed_at, s.state, s.status, s.reason from orders o join sagas s using (id)';

/** Orders in the service's own schema. */
export function postgresOrderStore(database: Database): OrderStore {
  const find = async (where: string, value: unknown): Promise<Order[]> =>
    (await database.query<Row>(`${select} ${where}`, [value])).map(fromRow);
  return {
    place: (order) => database.transaction((queries) => place(queries, order)),
    byIds: (ids) => find('where o.id = any($1)', ids),
    newest: (first) => find('order by o.placed_at desc limit $1', first),
    byCustomerIds: (ids) =>
      find(
        `where o.id in (
          select recent.id from unnest($1::text[]) as wanted (customer_id), lateral (
            select id from orders where orders.customer_id = wanted.customer_id order by placed_at desc limit ${ordersPerCustomer}
          ) recent
        ) order by o.placed_at desc`,
        ids,
      ),
  };
}

async function place(queries: Queries, { key, wish, saga }: NewOrder): Promise<string> {
  await insertSaga(queries, saga);
  // Whoever comes second with the same key waits here for the first.
  const insert = `
    insert into orders (id, key, fingerprint, customer_id, placed_at) values ($1, $2, $3, $4, $5)
    on conflict (key) do nothing returning id`;
  const row = [saga.id, key, fingerprint(wish), wish.customerId, saga.startedAt];
  const inserted = await queries.query(insert, row);
  return inserted.length > 0 ? saga.id : placedBefore(queries, { key, wish, saga });
}

async function placedBefore(queries: Queries, { key, wish, saga }: NewOrder): Promise<string> {
  await queries.query('delete from sagas where id = $1', [saga.id]);
  const [known] = await queries.query<{ id: string; fingerprint: string }>(
    'select id, fingerprint from orders where key = $1',
    [key],
  );
  if (known?.fingerprint !== fingerprint(wish)) throw keyReused(key);
  return known.id;
}

function fromRow({ id, placed_at: placedAt, state, status, reason }: Row): Order {
  return { id, placedAt, progress: reason === null ? { state, status } : { state, status, reason } };
}
