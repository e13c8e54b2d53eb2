import { expect, test } from '@jest/globals';
import { importArguments } from '../../src/images/import';
import type { BuiltImage } from '../../src/images/types';

test('ctr imports into the namespace that the kubelet looks into', () => {
  const image = { archive: '/cache/app.tar' } as BuiltImage;
  expect(importArguments('/run/c.sock', image).join(' ')).toBe(
    '--address /run/c.sock --namespace k8s.io images import /cache/app.tar',
  );
});
