import { expect, test } from '@jest/globals';
import type { UserStore } from '../src/store';

const user = (id: string) => ({ id, email: `${id}@Example.com`, displayName: id.toUpperCase() });

/** What every store of users does. */
export function storeContract(open: () => Promise<UserStore>): void {
  test('a user that was added is found by id', async () => {
    const store = await open();
    expect(await store.add(user('zoe'))).toEqual(user('zoe'));
    expect(await store.byIds(['zoe', 'nobody'])).toEqual([user('zoe')]);
  });

  test('an email belongs to one user, whatever its case', async () => {
    const store = await open();
    await store.add(user('zoe'));
    const twin = { ...user('zed'), email: 'ZOE@example.COM' };
    await expect(store.add(twin)).rejects.toMatchObject({ code: 'EMAIL_TAKEN' });
  });

  test('a list is read page by page', async () => {
    const store = await open();
    for (const id of ['z3', 'z1', 'z2']) await store.add(user(id));
    expect((await store.list(2, 'z')).map(({ id }) => id)).toEqual(['z1', 'z2']);
    expect((await store.list(2, 'z2')).map(({ id }) => id)).toEqual(['z3']);
  });
}
