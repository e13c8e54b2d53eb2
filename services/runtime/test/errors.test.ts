import { expect, test } from '@jest/globals';
import { PoisonMessage, reasonOf, Unavailable } from '../src/errors';

test('the reason of an error names its causes', () => {
  const error = new Unavailable('no answer', {
    cause: new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') }),
  });
  expect(reasonOf(error)).toBe('no answer: fetch failed: ECONNREFUSED');
});

test('a cause that the message repeats already is not repeated again', () => {
  expect(reasonOf(new Unavailable('no answer: reset', { cause: new Error('reset') }))).toBe(
    'no answer: reset',
  );
});

test('an error without a message is told by its parts or its name', () => {
  expect(reasonOf(new AggregateError([new Error('::1 refused'), new Error('127.0.0.1 refused')]))).toBe(
    '::1 refused, 127.0.0.1 refused',
  );
  expect(reasonOf(new PoisonMessage())).toBe('PoisonMessage');
});

test('whatever was thrown has a reason', () => {
  expect(reasonOf('just text')).toBe('just text');
});
