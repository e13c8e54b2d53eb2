import type { MemorySagaStore } from '@fluxwright/graphql-runtime/testing';
import {
  alreadyExchanged,
  isSameWish,
  keyReused,
  type Exchange,
  type ExchangeState,
  type ExchangeStore,
  type NewExchange,
} from './store';

/** Exchanges that last as long as the process: for tests. */
export function memoryExchangeStore(sagas: MemorySagaStore<ExchangeState>): ExchangeStore {
  const exchanges = new Map<string, NewExchange>();
  const all = (): Exchange[] =>
    [...exchanges.values()].flatMap(({ saga: { id } }) => {
      const progress = sagas.find(id);
      return progress ? [{ id, progress }] : [];
    });
  return {
    request: async (exchange) => {
      const { state } = exchange.saga;
      const known = exchanges.get(exchange.key);
      if (known && !isSameWish(known.saga.state, state)) throw keyReused(exchange.key);
      if (known) return known.saga.id;
      const others = all()
        .filter(({ progress }) => progress.status !== 'undone')
        .map(({ progress }) => progress.state);
      const taken = others.some(({ orderId, sku }) => orderId === state.orderId && sku === state.sku);
      if (taken) throw alreadyExchanged(state);
      exchanges.set(exchange.key, exchange);
      sagas.insert(exchange.saga);
      return exchange.saga.id;
    },
    byIds: async (ids) => all().filter(({ id }) => ids.includes(id)),
    byOrderIds: async (ids) => all().filter(({ progress }) => ids.includes(progress.state.orderId)),
  };
}
