import { expect, test } from '@jest/globals';
import { newSaga, type Saga, type SagaStore } from '../../src';

/** A store of sagas in which a test can put some. */
export interface OpenStore {
  readonly store: SagaStore<string>;
  readonly insert: (saga: Saga<string>) => Promise<void>;
}

const saga = (id: string, secondsAgo: number): Saga<string> => {
  const began = new Date(Date.now() - secondsAgo * 1_000);
  return newSaga(id, 'begun', { leaseSeconds: 15, patienceSeconds: 60 }, began);
};

/** What every store of sagas does. */
export function storeContract(open: () => Promise<OpenStore>): void {
  test('a saga that is held cannot be claimed, one that was abandoned can', async () => {
    const { store, insert } = await open();
    await insert(saga('held', 0));
    expect(await store.claim(15)).toBeUndefined();
    await insert({ ...saga('abandoned', 20), trace: { traceparent: 'of whoever began it' } });
    expect(await store.claim(15)).toMatchObject({
      id: 'abandoned',
      state: 'begun',
      step: 0,
      status: 'forward',
      trace: { traceparent: 'of whoever began it' },
    });
    expect(await store.claim(15)).toBeUndefined();
  });

  test('of many who claim each gets another saga', async () => {
    const { store, insert } = await open();
    for (let id = 0; id < 5; id++) await insert(saga(`${id}`, 20));
    const claimed = await Promise.all(Array.from({ length: 8 }, () => store.claim(15)));
    expect(claimed.flatMap((one) => one?.id ?? []).toSorted()).toEqual(['0', '1', '2', '3', '4']);
  });

  test('progress is kept', async () => {
    const { store, insert } = await open();
    const begun = saga('a', 0);
    await insert(begun);
    const later = {
      ...begun,
      state: 'more',
      step: 2,
      status: 'back',
      reason: 'no',
      attempts: 3,
      dueAt: new Date(0),
    } as const;
    expect(await store.save(later)).toBe(true);
    expect(await store.claim(15)).toMatchObject({
      state: 'more',
      step: 2,
      status: 'back',
      reason: 'no',
      attempts: 3,
    });
  });

  test('whoever lost the lease cannot report progress', async () => {
    const { store, insert } = await open();
    const begun = saga('a', 20);
    await insert(begun);
    const claimed = await store.claim(15);
    expect(await store.save({ ...begun, status: 'done' })).toBe(false);
    expect(claimed && (await store.save({ ...claimed, step: 1 }))).toBe(true);
  });

  test.each(['done', 'undone'] as const)('a saga that is %s is not claimed', async (status) => {
    const { store, insert } = await open();
    await insert({ ...saga('a', 20), status });
    expect(await store.claim(15)).toBeUndefined();
  });
}
