import { expect, test } from '@jest/globals';
import { advance, newSaga, type Outcome, type Saga } from '../../src';

const pace = { leaseSeconds: 15, patienceSeconds: 60 };
const start = new Date('2026-01-01T00:00:00Z');
const after = (seconds: number) => new Date(start.getTime() + seconds * 1_000);

const ok: Outcome<string> = { kind: 'succeeded', state: 'more' };
const refused: Outcome<string> = { kind: 'refused', reason: 'no' };
const failed: Outcome<string> = { kind: 'failed', reason: 'silence' };

/** Where a saga of three steps stands after the given outcomes, a second apart. */
function walk(...outcomes: Outcome<string>[]): Saga<string> {
  return outcomes.reduce(
    (saga, outcome, second) => advance(saga, outcome, 3, pace, after(second)),
    newSaga('a', 'begun', pace, start),
  );
}

test('a saga goes forward step by step and is done', () => {
  expect(walk(ok)).toMatchObject({ status: 'forward', step: 1, state: 'more' });
  expect(walk(ok, ok, ok)).toMatchObject({ status: 'done' });
});

test('a refusal turns it back, and the refused step is undone first', () => {
  expect(walk(ok, refused)).toMatchObject({ status: 'back', step: 1, reason: 'no' });
  expect(walk(ok, refused, ok)).toMatchObject({ status: 'back', step: 0 });
  expect(walk(ok, refused, ok, ok)).toMatchObject({ status: 'undone', reason: 'no' });
});

test('silence is tried again, each time a little later', () => {
  expect(walk(failed)).toMatchObject({ status: 'forward', step: 0, attempts: 1, dueAt: after(0.25) });
  expect(walk(failed, failed)).toMatchObject({ attempts: 2, dueAt: after(1.5) });
  expect(walk(...Array.from({ length: 20 }, () => failed)).dueAt).toEqual(after(19 + 30));
});

test('a success begins the count anew', () => {
  expect(walk(failed, failed, ok)).toMatchObject({ step: 1, attempts: 0 });
});

test('silence beyond patience turns it back', () => {
  const waiting = advance(walk(ok), failed, 3, pace, after(60));
  expect(waiting).toMatchObject({ status: 'forward', attempts: 1 });
  expect(advance(waiting, failed, 3, pace, after(61))).toMatchObject({
    status: 'back',
    step: 1,
    reason: 'silence',
  });
});

test('undoing is never given up, not even when it is refused', () => {
  const back = walk(ok, refused);
  for (const outcome of [failed, refused]) {
    expect(advance(back, outcome, 3, pace, after(10_000))).toMatchObject({
      status: 'back',
      step: 1,
      attempts: 1,
      reason: 'no',
    });
  }
});

test('a last step that cannot be taken back has happened: the saga goes forward again', () => {
  const back = walk(ok, ok, refused);
  expect(back).toMatchObject({ status: 'back', step: 2, reason: 'no' });
  const ahead = advance(back, refused, 3, pace, after(10));
  expect(ahead).toMatchObject({ status: 'forward', step: 2, attempts: 1, dueAt: after(10.25) });
  expect(ahead).not.toHaveProperty('reason');
  expect(advance(ahead, ok, 3, pace, after(100))).toMatchObject({ status: 'done' });
});

test('a saga under way is held, and free when it waits', () => {
  expect(walk(ok).dueAt).toEqual(after(15));
  expect(walk(ok, ok, failed).dueAt).toEqual(after(2.25));
});
