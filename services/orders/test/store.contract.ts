import { newSaga } from '@fluxwright/graphql-runtime';
import { expect, test } from '@jest/globals';
import type { NewOrder, OrderState, OrderStore, Wish } from '../src/store';

const wish = (customerId: string): Wish => ({ customerId, lines: [{ sku: 'tea', quantity: 2 }] });

const order = (id: string, customerId = 'zoe', key = `key of ${id}`): NewOrder => {
  const pace = { leaseSeconds: 15, patienceSeconds: 60 };
  const startedAt = new Date(Date.UTC(2026, 0, 1, 0, 0, Number(id)));
  return { key, wish: wish(customerId), saga: newSaga<OrderState>(id, wish(customerId), pace, startedAt) };
};

/** What every store of orders does. */
export function storeContract(open: () => Promise<OrderStore>): void {
  test('an order that was placed is found by id, with its progress', async () => {
    const store = await open();
    expect(await store.place(order('1'))).toBe('1');
    expect(await store.byIds(['1', '2'])).toEqual([
      expect.objectContaining({
        id: '1',
        placedAt: new Date('2026-01-01T00:00:01Z'),
        progress: expect.objectContaining({ status: 'forward', state: wish('zoe') }),
      }),
    ]);
  });

  test('the same key is the same order', async () => {
    const store = await open();
    const ids = await Promise.all([store.place(order('1')), store.place(order('2', 'zoe', 'key of 1'))]);
    expect(new Set(ids).size).toBe(1);
    expect(await store.newest(10)).toHaveLength(1);
  });

  test('a key is not used for something else', async () => {
    const store = await open();
    await store.place(order('1'));
    await expect(store.place(order('2', 'yve', 'key of 1'))).rejects.toMatchObject({ code: 'KEY_REUSED' });
  });

  test('orders are listed newest first, by customer too', async () => {
    const store = await open();
    for (const [id, customer] of [
      ['1', 'zoe'],
      ['2', 'yve'],
      ['3', 'zoe'],
    ] as const)
      await store.place(order(id, customer));
    expect((await store.newest(2)).map(({ id }) => id)).toEqual(['3', '2']);
    expect((await store.byCustomerIds(['zoe', 'xia'])).map(({ id }) => id)).toEqual(['3', '1']);
  });

  test('of each customer the newest ten are listed', async () => {
    const store = await open();
    for (let id = 1; id <= 12; id++) await store.place(order(String(id)));
    await store.place(order('13', 'yve'));
    const listed = (await store.byCustomerIds(['zoe', 'yve'])).map(({ id }) => Number(id));
    expect(listed.toSorted((one, other) => one - other)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
  });
}
