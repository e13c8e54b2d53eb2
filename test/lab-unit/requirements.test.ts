import { expect, test } from '@jest/globals';
import { missingPackages } from '../../src/lab/requirements';

test('a machine that has everything lacks nothing', () => {
  expect(missingPackages(() => true)).toEqual([]);
});

test('what is missing is named by its Debian package, each once', () => {
  expect(missingPackages((command) => !['containerd', 'ctr', 'ipset'].includes(command))).toEqual([
    'containerd',
    'ipset',
  ]);
});
