import { newSaga, type SagaStore } from '@fluxwright/graphql-runtime';
import { expect, test } from '@jest/globals';
import type { ExchangeState, ExchangeStore, NewExchange } from '../src/store';

const exchange = (id: string, sku = 'tea', key = `key of ${id}`): NewExchange => {
  const state = { orderId: 'order', sku, replacementSku: 'honey', reason: 'too weak' };
  return {
    key,
    saga: newSaga<ExchangeState>(id, state, { leaseSeconds: 15, patienceSeconds: 60 }, new Date()),
  };
};

/** What every store of exchanges does. */
export function storeContract(
  open: () => Promise<{ store: ExchangeStore; sagas: SagaStore<ExchangeState> }>,
): void {
  test('an exchange that was requested is found by id and by order', async () => {
    const { store } = await open();
    expect(await store.request(exchange('1'))).toBe('1');
    expect(await store.byIds(['1', '2'])).toMatchObject([
      { id: '1', progress: { status: 'forward', state: { sku: 'tea' } } },
    ]);
    expect(await store.byOrderIds(['order', 'other'])).toMatchObject([{ id: '1' }]);
  });

  test('the same key is the same exchange, and of nothing else', async () => {
    const { store } = await open();
    const ids = await Promise.all([
      store.request(exchange('1')),
      store.request(exchange('2', 'tea', 'key of 1')),
    ]);
    expect(new Set(ids).size).toBe(1);
    await expect(store.request(exchange('3', 'bread', 'key of 1'))).rejects.toMatchObject({
      code: 'KEY_REUSED',
    });
  });

  test('a product is exchanged once, unless that was refused', async () => {
    const { store, sagas } = await open();
    const first = exchange('1');
    await store.request(first);
    await expect(store.request(exchange('2'))).rejects.toMatchObject({ code: 'ALREADY_EXCHANGED' });
    await sagas.save({ ...first.saga, status: 'undone', reason: 'out of honey' });
    expect(await store.request(exchange('3'))).toBe('3');
    expect(await store.byIds(['1'])).toMatchObject([{ progress: { reason: 'out of honey' } }]);
  });
}
