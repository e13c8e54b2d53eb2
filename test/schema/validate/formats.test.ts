import { expect, test } from '@jest/globals';
import { formatNamed, isCidr, isIPv6, parseDuration } from '../../../src/schema/validate/formats';
import { nearest } from '../../../src/schema/nearest';
import { parseQuantity } from '../../../src/schema/validate/quantity';

test.each([
  [
    'date-time',
    ['2026-01-31T08:00:00Z', '2024-02-29T23:59:59.5+01:00'],
    ['2026-01-31', '2026-02-30T08:00:00Z', '2026-01-31T24:00:00Z'],
  ],
  ['date', ['2026-01-31'], ['2026-1-31', '2026-13-01']],
  ['duration', ['1h30m', '5 days', '1.5s'], ['', 'soon']],
  ['byte', ['YQ==', 'YWI='], ['', 'YQ', 'Y$==']],
  ['ipv4', ['10.0.0.1'], ['10.0.0', '10.0.0.256', '010.0.0.1']],
  ['ipv6', ['::1', 'fd00::1:2', '::ffff:10.0.0.1'], [':::', '1:2:3', 'fd00::g']],
  ['cidr', ['10.0.0.0/8', 'fd00::/64'], ['10.0.0.0', '10.0.0.0/33']],
  ['email', ['a@example.org'], ['a@', 'a']],
  ['uri', ['https://example.org', '/path'], ['', 'no scheme', 'a b']],
  ['uuid', ['123e4567-e89b-42d3-a456-426614174000'], ['123e4567']],
  ['uuid4', ['123e4567-e89b-42d3-a456-426614174000'], ['123e4567-e89b-12d3-a456-426614174000']],
  ['mac', ['00:1a:2b:3c:4d:5e'], ['00:1a']],
  ['hexcolor', ['#fff', 'A0B1C2'], ['#ff']],
  ['k8s-short-name', ['a-b'], ['a.b']],
  ['k8s-long-name', ['a.b'], ['A']],
] as const)('the format %s takes what the server takes', (name, valid, invalid) => {
  const format = formatNamed(name)!;
  expect(valid.filter((text) => !format.test(text))).toEqual([]);
  expect(invalid.filter((text) => format.test(text))).toEqual([]);
});

test('a format that the server does not know is none', () => {
  expect(['url', 'int32', 'toString', undefined].map((name) => formatNamed(name))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test.each([
  ['500m', 0.5],
  ['1Gi', 2 ** 30],
  ['1e3', 1000],
  ['1E', 1e18],
  ['+.5', 0.5],
  [0.5, 0.5],
  ['1.', 1],
])('%s is a quantity of %d', (text, number) => {
  expect(parseQuantity(text)).toBe(number);
});

test.each(['', '1 Gi', '1gi', '1KI', '0x1', true, null])('%j is no quantity', (text) => {
  expect(parseQuantity(text)).toBeUndefined();
});

test('durations add up in seconds', () => {
  expect(['1h30m', '-1.5s', '100ms', '0', '1d', '5'].map(parseDuration)).toEqual([
    5400,
    -1.5,
    0.1,
    0,
    undefined,
    undefined,
  ]);
});

test('addresses of IPv6 have eight groups, or fewer around one gap', () => {
  expect(['1:2:3:4:5:6:7:8', '::', '1::8'].every(isIPv6)).toBe(true);
  expect(['1:2:3:4:5:6:7', '1::2::3', ''].some(isIPv6)).toBe(false);
  expect(isCidr('::/129')).toBe(false);
});

test.each([
  ['replcias', 'replicas'],
  ['Replicas', 'replicas'],
  ['imagePullPolcy', 'imagePullPolicy'],
  ['xyz', undefined],
])('whoever writes %s means %s', (word, meant) => {
  expect(nearest(word, ['replicas', 'imagePullPolicy', 'template'])).toBe(meant);
});
