import { expect, test } from '@jest/globals';
import { add, base, firing, set, texts } from '../support';

test('a ConfigMap of five megabytes is found once', () => {
  const broken = set(base(), 'ConfigMap shop/settings', 'data.dashboard', 'x'.repeat(5 * 1024 * 1024));
  expect(firing(broken)).toEqual(['too-large']);
  expect(texts(broken, 'too-large')).toHaveLength(1);
});

test('a ConfigMap over one mebibyte is found though etcd would take it', () => {
  const broken = set(base(), 'ConfigMap shop/settings', 'data.dashboard', 'x'.repeat(1024 * 1024 + 1));
  expect(texts(broken, 'too-large')).toEqual([expect.stringContaining('of at most 1048576')]);
});

const secret = (bytes: number): string => `
apiVersion: v1
kind: Secret
metadata: { name: big, namespace: shop }
data: { key: ${Buffer.alloc(bytes).toString('base64')} }
sops: { mac: abc }`;

test('what a Secret holds is counted decoded', () => {
  expect(texts(add(base(), 'shop', secret(1024 * 1024 + 1)), 'too-large')).toHaveLength(1);
  expect(texts(add(base(), 'shop', secret(1000 * 1024)), 'too-large')).toEqual([]);
});

test('a ConfigMap below the limit is fine', () => {
  expect(firing(set(base(), 'ConfigMap shop/settings', 'data.dashboard', 'x'.repeat(1000 * 1024)))).toEqual(
    [],
  );
});
