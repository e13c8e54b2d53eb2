import { expect, test } from '@jest/globals';
import type { Json } from '../../../src/estate';
import { compile } from '../../../src/schema/cel/compile';
import { parse } from '../../../src/schema/cel/parser';
import { dyn } from '../../../src/schema/cel/types';
import { CelError, Unsupported } from '../../../src/schema/cel/values';
import { Variables } from '../../../src/schema/cel/variables';

function evaluate(text: string, self: Json = {}): unknown {
  return compile(parse(text), Variables.none.with('self', dyn)).evaluate([self]);
}

test.each([
  // operators
  '1 + 2 * 3 == 7',
  '7 / 2 == 3 && -7 / 2 == -3 && 7.0 / 2.0 == 3.5',
  '7 % 3 == 1',
  "'a' + 'b' == 'ab' && [1] + [2] == [1, 2]",
  "'a' < 'b' && 1 < 2 && !(2 <= 1)",
  '1 == 1.0 && 1 in [1, 2] && !(3 in [1, 2])',
  "'a' in {'a': 1} && {'a': 1}['a'] == 1 && {'a': 1}.a == 1",
  "[1, [2, {'a': 3}]] == [1, [2, {'a': 3}]]",
  'true || 1 / 0 == 0',
  '1 / 0 == 0 || true',
  '!(false && 1 / 0 == 0) && !(1 / 0 == 0 && false)',
  '(1 > 2 ? 1 : 2) == 2',
  '0x1F == 31 && 1u == 1 && 1.5e1 == 15.0',
  // texts as they are written
  `"\\u0041\\x41\\101\\n" == 'AAA\\n'`,
  `r'\\d' == '\\\\d' && r"""a"b""" == 'a"b'`,
  "b'a' == bytes('a')",
  // macros
  '[1, 2, 3].all(x, x > 0) && [1, 2].exists(x, x == 2) && [1, 2].exists_one(x, x > 1)',
  '[1, 2, 3].filter(x, x > 1) == [2, 3] && [1, 2].map(x, x * 2) == [2, 4]',
  '[1, 2, 3].map(x, x > 1, x * 2) == [4, 6]',
  "{'a': 1, 'b': 2}.all(k, k.size() == 1) && {'a': 1}.exists(k, v, v == 1)",
  '[5, 6].all(i, v, v == i + 5) && [1, 2].existsOne(i, v, v == 2)',
  "[1, 2].transformList(i, v, i + v) == [1, 3] && {'a': 1}.transformMap(k, v, v + 1) == {'a': 2}",
  "['a'].transformMapEntry(i, v, {v: i}) == {'a': 0}",
  '[[1, 2], [3]].all(l, l.exists(x, x < 4 && l.size() > 0))',
  '[1, 0].exists(x, 1 / x == 1)',
  // optional values
  "{'a': 1}.?a.orValue(2) == 1 && {'a': 1}.?b.orValue(2) == 2",
  'optional.of(1).hasValue() && !optional.none().hasValue() && [1][?3].orValue(7) == 7',
  "{'a': {'b': 1}}.?a.?b.value() == 1 && {'a': 1}.?x.?y.orValue(3) == 3",
  "optional.ofNonZeroValue('').or(optional.of('x')).value() == 'x'",
  "{'a': 1}.?a.optMap(v, v + 1).value() == 2",
  "[?optional.none(), 1] == [1] && {?'a': optional.of(1)} == {'a': 1}",
  // conversions and types
  "int('12') == 12 && string(12) == '12' && double('1.5') == 1.5 && bool('true')",
  "type(1) == int && type('') == string && type([]) == list && type(null) == null_type && type(1) != type('')",
  "size('äß') == 2 && size([1]) == 1 && size({'a': 1}) == 1",
  // texts
  "'abc'.startsWith('a') && 'abc'.endsWith('c') && 'abc'.contains('b') && 'abc'.matches('^a.c$')",
  "'a,b'.split(',') == ['a', 'b'] && 'a,b,c'.split(',', 2) == ['a', 'b,c'] && ['a', 'b'].join('-') == 'a-b'",
  "'abc'.substring(1) == 'bc' && 'abc'.substring(0, 2) == 'ab' && 'abc'.charAt(1) == 'b'",
  "'abcb'.indexOf('b') == 1 && 'abcb'.lastIndexOf('b') == 3 && 'abc'.indexOf('x') == -1",
  "'aXb'.lowerAscii() == 'axb' && 'a'.upperAscii() == 'A' && ' a '.trim() == 'a' && 'aa'.replace('a', 'b') == 'bb'",
  "'aa'.replace('a', 'b', 1) == 'ba' && 'a1b2'.find('[0-9]') == '1' && 'a1b2'.findAll('[0-9]') == ['1', '2']",
  "'%s is %d, %.2f, %x'.format(['a', 3, 1.5, 255]) == 'a is 3, 1.50, ff'",
  // lists
  '[1, 2].isSorted() && ![2, 1].isSorted() && [1, 2].sum() == 3 && [1, 2].min() == 1 && [1, 2].max() == 2',
  "[1, 2, 1].indexOf(1) == 0 && [1, 2, 1].lastIndexOf(1) == 2 && ['b', 'a'].max() == 'b'",
  // sets and math
  'sets.contains([1, 2], [1]) && sets.equivalent([1, 2], [2, 1, 1]) && !sets.intersects([1], [2])',
  'math.greatest(1, 3, 2) == 3 && math.least([4, 2]) == 2 && math.abs(-1) == 1 && math.ceil(1.2) == 2.0',
  "base64.decode('YQ==') == b'a' && base64.encode(b'a') == 'YQ=='",
  // times
  "duration('1h') == duration('60m') && duration('1h') > duration('59m') && duration('90s').getMinutes() == 1",
  "timestamp('2026-01-31T08:00:00Z') + duration('1h') == timestamp('2026-01-31T09:00:00Z')",
  "timestamp('2026-01-31T08:00:00Z').getFullYear() == 2026 && timestamp('2026-01-31T08:00:00Z').getMonth() == 0",
  // Kubernetes' own types
  "url('https://example.org:8080/a?b=c').getHost() == 'example.org:8080' && url('https://a/b').getScheme() == 'https'",
  "url('https://example.org:80/a').getPort() == '80' && url('https://a/x?k=v').getQuery() == {'k': ['v']}",
  "isURL('https://example.org') && isURL('/path') && !isURL('example.org') && !isURL('http://10%')",
  "isIP('10.0.0.1') && !isIP('10.0.0') && ip('10.0.0.1').family() == 4 && ip('::1').isLoopback()",
  "ip.isCanonical('fd00::1') && !ip.isCanonical('fd00:0::1')",
  "cidr('10.0.0.0/8').containsIP('10.1.2.3') && cidr('10.0.0.0/8').prefixLength() == 8",
  "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && !cidr('10.1.0.0/16').containsCIDR('10.0.0.0/8')",
  "quantity('1Gi').isGreaterThan(quantity('1G')) && quantity('500m').add(quantity('500m')).asInteger() == 1",
  "isQuantity('1Gi') && !isQuantity('1GB') && quantity('1k').compareTo(quantity('1000')) == 0",
  "semver('1.2.3').isLessThan(semver('1.10.0')) && semver('1.2.3-rc.1').isLessThan(semver('1.2.3')) && isSemver('v1.2', true)",
  "!format.dns1123Label().validate('a-b').hasValue() && format.dns1123Label().validate('A').hasValue()",
  "format.named('uri').value().validate('not a uri').hasValue()",
  // has
  "has({'a': 1}.a) && !has({'a': 1}.b)",
])('%s', (expression) => {
  expect(evaluate(expression)).toBe(true);
});

test.each([
  ["{'a': 1}.b", 'no such key: b'],
  ['[1][3]', 'no such key: 3'],
  ['1 / 0', 'division by zero'],
  ["1 + 'a'", 'no such overload: _+_'],
  ["'a' < 1", 'no such overload: _<_'],
  ["int('x')", 'x is no whole number'],
  ["duration('1d')", '1d is no duration'],
  ['[].max()', 'min and max need a list that is not empty'],
  ["'abc'.substring(2, 1)", 'index out of range: 2, 1'],
  ["url('x')", 'x is no URL'],
  ['optional.none().value()', 'optional.none() dereference'],
  ['[1, 2].all(x, x)', 'no such overload: predicate'],
])('%s ends in an error', (expression, message) => {
  expect(() => evaluate(expression)).toThrow(CelError);
  expect(() => evaluate(expression)).toThrow(message);
});

test.each([
  'nobody.knows',
  'self.unknownMethod()',
  'unknownFunction(1)',
  'self.toString()',
  'constructor(1)',
])('%s is not known here', (expression) => {
  expect(() => evaluate(expression)).toThrow(Unsupported);
});

test.each(['1 +', 'a b', '(1', '[1, 2', "'a", '{1: }', 'a.', '1 ? 2', '"\\q"'])(
  '%s is no expression',
  (expression) => {
    expect(() => parse(expression)).toThrow(SyntaxError);
  },
);

test('a field of Object.prototype is no field', () => {
  expect(evaluate('has(self.constructor)')).toBe(false);
  expect(evaluate("'toString' in self")).toBe(false);
});
