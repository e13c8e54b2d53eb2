import { expect, test } from '@jest/globals';
import { add, base, firing, texts } from '../support';

const secret = (more: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata: { name: card, namespace: shop }\n${more}`;

test('a Secret in plain text is found', () => {
  expect(firing(add(base(), 'shop', secret('stringData: { token: hunter2 }')))).toEqual(['plain-secret']);
  expect(texts(add(base(), 'shop', secret('data: { token: aHVudGVyMg== }')), 'plain-secret')).toEqual([
    expect.stringContaining('Secret shop/card holds token'),
  ]);
});

test.each([
  'stringData: { token: "" }',
  'stringData: { token: "${TOKEN}" }',
  'type: Opaque',
  'stringData: { token: "ENC[x]" }\nsops: { mac: abc }',
])('%s gives nothing away', (more) => {
  expect(firing(add(base(), 'shop', secret(more)))).toEqual([]);
});
