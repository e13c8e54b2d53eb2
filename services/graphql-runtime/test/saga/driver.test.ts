import { SpanKind, startTracing, traced, withTrace } from '@fluxwright/runtime';
import { expect, test } from '@jest/globals';
import { newSaga, Refusal, sagaDriver, type Saga, type Step } from '../../src';
import { memorySagaStore } from '../../src/testing';

const pace = { leaseSeconds: 15, patienceSeconds: 60 };

/** A saga of two steps over partners that a test can make refuse, fail, or die on. */
function setUp(faults: Partial<Record<'one' | 'two' | 'undo one' | 'undo two', Error>> = {}) {
  let now = new Date('2026-01-01T00:00:00Z');
  const done: string[] = [];
  const seen: object[] = [];
  const act = async (what: keyof typeof faults): Promise<void> => {
    done.push(what);
    seen.push(withTrace());
    const fault = faults[what];
    if (fault) throw fault;
  };
  const step = (name: 'one' | 'two'): Step<string[]> => ({
    name,
    run: async (_, state) => act(name).then(() => [...state, name]),
    undo: () => act(`undo ${name}`),
  });
  const store = memorySagaStore<string[]>(() => now);
  const failures: string[] = [];
  const onFailure = (_: Saga<string[]>, name: string): void => void failures.push(name);
  const driver = sagaDriver({ store, steps: [step('one'), step('two')], pace, now: () => now, onFailure });
  const begin = (): Saga<string[]> => {
    const saga = newSaga<string[]>('a', [], pace, now);
    store.insert(saga);
    return saga;
  };
  const wait = (seconds: number): void => void (now = new Date(now.getTime() + seconds * 1_000));
  return { store, driver, begin, wait, done, seen, faults, failures };
}

test('all steps run in order, each with what the ones before it found', async () => {
  const { driver, begin, done } = setUp();
  expect(await driver.drive(begin())).toMatchObject({ status: 'done', state: ['one', 'two'] });
  expect(done).toEqual(['one', 'two']);
});

test('a refusal undoes what was done, the last first', async () => {
  const { driver, begin, done, failures } = setUp({ two: new Refusal('NO', 'not today') });
  expect(await driver.drive(begin())).toMatchObject({ status: 'undone', reason: 'not today' });
  expect(done).toEqual(['one', 'two', 'undo two', 'undo one']);
  expect(failures).toEqual(['two']);
});

test('a silent partner is asked again by whoever looks later', async () => {
  const { driver, begin, wait, faults, store } = setUp({ two: new Error('silence') });
  expect(await driver.drive(begin())).toMatchObject({ status: 'forward', step: 1 });
  expect(await driver.driveNext()).toBe(false);
  delete faults.two;
  wait(1);
  expect(await driver.driveNext()).toBe(true);
  expect(store.find('a')).toMatchObject({ status: 'done' });
});

test('a saga whose driver died is gone on with once its lease is over, from the step it had reached', async () => {
  const { driver, begin, wait, store, done } = setUp();
  const saga = begin();
  await store.save({ ...saga, step: 1, state: ['one'] });
  wait(14);
  expect(await driver.driveNext()).toBe(false);
  wait(2);
  expect(await driver.driveNext()).toBe(true);
  expect(store.find('a')).toMatchObject({ status: 'done', state: ['one', 'two'] });
  expect(done).toEqual(['two']);
});

test('a driver that was taken for dead stops at its next step', async () => {
  const { driver, begin, wait, store, done } = setUp();
  const saga = begin();
  wait(16);
  await store.claim(15);
  await driver.drive(saga);
  expect(done).toEqual(['one']);
  expect(store.find('a')).toMatchObject({ status: 'forward', step: 0 });
});

test('undoing goes on until it worked', async () => {
  const { driver, begin, wait, faults, store } = setUp({
    two: new Refusal('NO', 'no'),
    'undo two': new Error('silence'),
  });
  expect(await driver.drive(begin())).toMatchObject({ status: 'back', step: 1, attempts: 1 });
  delete faults['undo two'];
  wait(1);
  await driver.driveNext();
  expect(store.find('a')).toMatchObject({ status: 'undone' });
});

test('a parcel that left while its answer was lost is no cancelled order', async () => {
  const { driver, begin, wait, faults, store, done } = setUp({ two: new Error('silence') });
  const saga = begin();
  wait(61);
  faults['undo two'] = new Refusal('ON_ITS_WAY', 'it has left already');
  expect(await driver.drive(saga)).toMatchObject({ status: 'forward', step: 1, attempts: 1 });
  delete faults.two;
  wait(1);
  await driver.driveNext();
  expect(store.find('a')).toMatchObject({ status: 'done', state: ['one', 'two'] });
  expect(done).toEqual(['one', 'two', 'undo two', 'two']);
});

test('whoever goes on with a saga goes on in the trace that it began in', async () => {
  const end = startTracing('test', '1.2.3', {});
  const { driver, begin, wait, faults, seen } = setUp({ one: new Error('silence') });
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const request = { kind: SpanKind.SERVER, parent: { traceparent } };
  await traced('request', request, () => driver.drive(begin()));
  delete faults.one;
  wait(1);
  await driver.driveNext();
  expect(seen).toEqual([{ traceparent }, { traceparent }, { traceparent }]);
  await end();
});

test('why a saga turned back is told without what only logs should know', async () => {
  const cause = new Error('connect ECONNREFUSED 10.0.0.7:4000');
  const { driver, begin, wait } = setUp({ one: new Error('payments does not answer', { cause }) });
  const saga = begin();
  wait(61);
  expect(await driver.drive(saga)).toMatchObject({ reason: 'payments does not answer' });
});
