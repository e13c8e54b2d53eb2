import { expect, test } from '@jest/globals';
import { base, findingsOf } from '../support';

test('no rule finds anything in an estate in which nothing is wrong', () => {
  expect(findingsOf(base())).toEqual([]);
});

test('nor in one that nobody has to rely on', () => {
  expect(findingsOf(base({ profile: 'lean' }))).toEqual([]);
});
