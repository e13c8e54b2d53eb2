import type { MemorySagaStore } from '@fluxwright/graphql-runtime/testing';
import {
  fingerprint,
  keyReused,
  ordersPerCustomer,
  type NewOrder,
  type Order,
  type OrderState,
  type OrderStore,
} from './store';

/** Orders that last as long as the process: for tests. */
export function memoryOrderStore(sagas: MemorySagaStore<OrderState>): OrderStore {
  const orders = new Map<string, NewOrder>();
  const newest = (): NewOrder[] => [...orders.values()].reverse();
  const read = ({ saga: { id, startedAt } }: NewOrder): Order[] => {
    const progress = sagas.find(id);
    return progress ? [{ id, placedAt: startedAt, progress }] : [];
  };
  return {
    place: async (order) => {
      const known = orders.get(order.key);
      if (known && fingerprint(known.wish) !== fingerprint(order.wish)) throw keyReused(order.key);
      if (known) return known.saga.id;
      orders.set(order.key, order);
      sagas.insert(order.saga);
      return order.saga.id;
    },
    byIds: async (ids) =>
      newest()
        .filter(({ saga }) => ids.includes(saga.id))
        .flatMap(read),
    byCustomerIds: async (ids) =>
      ids.flatMap((id) =>
        newest()
          .filter(({ wish }) => wish.customerId === id)
          .slice(0, ordersPerCustomer)
          .flatMap(read),
      ),
    newest: async (first) => newest().slice(0, first).flatMap(read),
  };
}
