import { expect, test } from '@jest/globals';
import { shortened } from '../src/text';

test('short text stays as it is', () => {
  expect(shortened('a'.repeat(8_192))).toHaveLength(8_192);
});

test('of long text the beginning is shown, and how much there is besides', () => {
  expect(shortened('a'.repeat(8_192) + 'b'.repeat(1_000_000))).toBe(
    `${'a'.repeat(8_192)}… and 1000000 characters more`,
  );
});
