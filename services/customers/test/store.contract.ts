import { expect, test } from '@jest/globals';
import type { Customer, CustomerStore } from '../src/store';

const address = { street: 'Rosenweg 1', postcode: '10115', city: 'Berlin', country: 'DE' };

const customer = (id: string): Customer => ({ id, userId: `user ${id}`, name: id, address });

/** What every store of customers does. */
export function storeContract(open: () => Promise<CustomerStore>): void {
  test('a customer that was added is found by id and by user', async () => {
    const store = await open();
    await store.add(customer('zoe'));
    expect(await store.byIds(['zoe', 'nobody'])).toEqual([customer('zoe')]);
    expect(await store.byUserIds(['user zoe', 'nobody'])).toEqual([customer('zoe')]);
  });

  test('a user is one customer at most', async () => {
    const store = await open();
    await store.add(customer('zoe'));
    const twin = { ...customer('zed'), userId: 'user zoe' };
    await expect(store.add(twin)).rejects.toMatchObject({ code: 'ALREADY_REGISTERED' });
  });

  test('a list is read page by page', async () => {
    const store = await open();
    for (const id of ['z3', 'z1', 'z2']) await store.add(customer(id));
    expect((await store.list(2, 'z')).map(({ id }) => id)).toEqual(['z1', 'z2']);
    expect((await store.list(2, 'z2')).map(({ id }) => id)).toEqual(['z3']);
  });
}
