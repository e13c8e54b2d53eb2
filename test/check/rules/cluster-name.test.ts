import { expect, test } from '@jest/globals';
import { base, findingsOf, firing } from '../support';

test('two clusters of one name are found once', () => {
  expect(findingsOf(base(), { beside: [base()] })).toEqual([
    expect.objectContaining({ rule: 'cluster-name', message: 'there are two clusters called test' }),
  ]);
});

test('a name that is no folder is found', () => {
  expect(firing(base({ name: 'Production EU' }))).toContain('cluster-name');
});

test('clusters of different names are fine', () => {
  expect(firing(base(), { beside: [base({ name: 'other' })] })).toEqual([]);
});
