import { expect, test } from '@jest/globals';
import type { InventoryStore } from '../src/store';

const left = async (store: InventoryStore) =>
  Object.fromEntries((await store.bySkus(['z-tea', 'z-pot'])).map(({ sku, available }) => [sku, available]));

/** What every store of products and reservations does. */
export function storeContract(open: () => Promise<InventoryStore>): void {
  const opened = async (): Promise<InventoryStore> => {
    const store = await open();
    await store.addProduct({ sku: 'z-tea', name: 'Tea', priceCents: 990, available: 10 });
    await store.addProduct({ sku: 'z-pot', name: 'Pot', priceCents: 4_000, available: 1 });
    return store;
  };

  test('a reservation holds all its lines, at their prices', async () => {
    const store = await opened();
    const lines = [
      { sku: 'z-tea', quantity: 3 },
      { sku: 'z-pot', quantity: 1 },
    ];
    expect(await store.reserve('a', lines)).toMatchObject({
      status: 'HELD',
      lines: [
        { sku: 'z-tea', quantity: 3, priceCents: 990 },
        { sku: 'z-pot', quantity: 1, priceCents: 4_000 },
      ],
    });
    expect(await left(store)).toEqual({ 'z-tea': 7, 'z-pot': 0 });
  });

  test('a reservation that cannot hold one line holds none', async () => {
    const store = await opened();
    const lines = [
      { sku: 'z-tea', quantity: 3 },
      { sku: 'z-pot', quantity: 2 },
    ];
    await expect(store.reserve('a', lines)).rejects.toMatchObject({ code: 'OUT_OF_STOCK' });
    expect(await left(store)).toEqual({ 'z-tea': 10, 'z-pot': 1 });
  });

  test('an unknown product cannot be reserved', async () => {
    const store = await opened();
    await expect(store.reserve('a', [{ sku: 'z-nil', quantity: 1 }])).rejects.toMatchObject({
      code: 'UNKNOWN_PRODUCT',
    });
  });

  test('the same key holds once', async () => {
    const store = await opened();
    const lines = [{ sku: 'z-tea', quantity: 3 }];
    const both = await Promise.all([store.reserve('a', lines), store.reserve('a', lines)]);
    expect(both[0]).toEqual(both[1]);
    expect(await left(store)).toEqual({ 'z-tea': 7, 'z-pot': 1 });
  });

  test('of many who want the last piece one gets it', async () => {
    const store = await opened();
    const wants = Array.from({ length: 8 }, (_, key) =>
      store.reserve(`key ${key}`, [{ sku: 'z-pot', quantity: 1 }]),
    );
    const results = await Promise.allSettled(wants);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await left(store)).toMatchObject({ 'z-pot': 0 });
  });

  test('reservations of the same things in opposite orders do not block each other', async () => {
    const store = await opened();
    await store.addStock('z-pot', 20);
    await store.addStock('z-tea', 20);
    const tea = { sku: 'z-tea', quantity: 1 };
    const pot = { sku: 'z-pot', quantity: 1 };
    await Promise.all(
      Array.from({ length: 20 }, (_, key) => store.reserve(`key ${key}`, key % 2 ? [tea, pot] : [pot, tea])),
    );
    expect(await left(store)).toEqual({ 'z-tea': 10, 'z-pot': 1 });
  });

  test('what is released is there again, once', async () => {
    const store = await opened();
    await store.reserve('a', [{ sku: 'z-tea', quantity: 3 }]);
    await store.release('a');
    await store.release('a');
    expect(await left(store)).toMatchObject({ 'z-tea': 10 });
  });

  test('a key that was released, even before it was held, holds nothing any more', async () => {
    const store = await opened();
    await store.release('a');
    await expect(store.reserve('a', [{ sku: 'z-tea', quantity: 3 }])).rejects.toMatchObject({
      code: 'CALLED_OFF',
    });
    expect(await left(store)).toMatchObject({ 'z-tea': 10 });
  });

  test('a SKU is one product', async () => {
    const store = await opened();
    const twin = { sku: 'z-tea', name: 'Other', priceCents: 1, available: 1 };
    await expect(store.addProduct(twin)).rejects.toMatchObject({ code: 'SKU_TAKEN' });
    await expect(store.addStock('z-nil', 1)).rejects.toMatchObject({ code: 'UNKNOWN_PRODUCT' });
    expect((await store.list(1, 'z-pot')).map(({ sku }) => sku)).toEqual(['z-tea']);
  });
}
