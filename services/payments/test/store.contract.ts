import { expect, test } from '@jest/globals';
import type { PaymentStore } from '../src/store';

const charge = (key: string, amountCents: number) => ({
  id: `id of ${key}`,
  key,
  orderId: 'order',
  customerId: 'zoe',
  amountCents,
});

const balance = async (store: PaymentStore) =>
  (await store.accounts(['zoe'])).map(({ balanceCents }) => balanceCents);

/** What every store of accounts and payments does. */
export function storeContract(open: () => Promise<PaymentStore>): void {
  const opened = async (): Promise<PaymentStore> => {
    const store = await open();
    await store.topUp('begin', 'zoe', 1_000);
    return store;
  };

  test('a charge lowers the balance and is listed with its order', async () => {
    const store = await opened();
    expect(await store.charge(charge('a', 300))).toEqual({ ...charge('a', 300), status: 'CHARGED' });
    expect(await balance(store)).toEqual([700]);
    expect(await store.byOrderIds(['order', 'other'])).toEqual([{ ...charge('a', 300), status: 'CHARGED' }]);
  });

  test('a negative charge gives money back', async () => {
    const store = await opened();
    await store.charge(charge('a', -300));
    expect(await balance(store)).toEqual([1_300]);
  });

  test('what the balance does not cover is declined and leaves nothing behind', async () => {
    const store = await opened();
    await expect(store.charge(charge('a', 1_001))).rejects.toMatchObject({ code: 'PAYMENT_DECLINED' });
    await expect(store.charge({ ...charge('b', 1), customerId: 'nobody' })).rejects.toMatchObject({
      code: 'PAYMENT_DECLINED',
    });
    expect(await balance(store)).toEqual([1_000]);
    expect(await store.byOrderIds(['order'])).toEqual([]);
  });

  test('what costs nothing is covered by nothing', async () => {
    const store = await opened();
    const nothing = { ...charge('a', 0), customerId: 'nobody' };
    expect(await store.charge(nothing)).toEqual({ ...nothing, status: 'CHARGED' });
    expect(await store.byOrderIds(['order'])).toHaveLength(1);
  });

  test('the same key charges once and tops up once', async () => {
    const store = await opened();
    await Promise.all([store.charge(charge('a', 300)), store.charge(charge('a', 300))]);
    await store.topUp('begin', 'zoe', 1_000);
    expect(await balance(store)).toEqual([700]);
  });

  test('charges at the same time never overdraw', async () => {
    const store = await opened();
    await Promise.allSettled(Array.from({ length: 8 }, (_, key) => store.charge(charge(`key ${key}`, 300))));
    expect(await balance(store)).toEqual([100]);
  });

  test('a refund gives back once', async () => {
    const store = await opened();
    await store.charge(charge('a', 300));
    await Promise.all([store.refund('a'), store.refund('a')]);
    expect(await balance(store)).toEqual([1_000]);
    expect(await store.byOrderIds(['order'])).toMatchObject([{ status: 'REFUNDED' }]);
  });

  test('a key that was refunded, even before it was charged, charges nothing any more', async () => {
    const store = await opened();
    await store.refund('a');
    await expect(store.charge(charge('a', 300))).rejects.toMatchObject({ code: 'CALLED_OFF' });
    expect(await balance(store)).toEqual([1_000]);
    expect(await store.byOrderIds(['order', ''])).toEqual([]);
  });
}
