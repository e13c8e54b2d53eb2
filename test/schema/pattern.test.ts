import { expect, test } from '@jest/globals';
import { re2 } from '../../src/schema/pattern';

test.each([
  ['(?i) holds for the rest of its group', '^((?i)mon|tues)day$', ['Monday', 'TUESday'], ['MONDAY']],
  ['(?i:…) holds for its group alone', '^a(?i:b)c$', ['abc', 'aBc'], ['aBC', 'Abc']],
  ['(?s) lets a dot match a line break', '(?s)^a.b$', ['a\nb', 'axb'], ['ab']],
  ['a dot matches no line break otherwise', '^a.b$', ['axb', 'a\rb'], ['a\nb']],
  ['(?m) lets ^ and $ match at each line', '(?m)^b$', ['a\nb\nc'], ['ab']],
  ['$ is the very end of the text', '^a$', ['a'], ['a\n']],
  ['\\A and \\z are the ends of the text', '\\Aab\\z', ['ab'], ['xab', 'ab\n']],
  ['[[:alpha:]] is a class of letters', '^[[:alpha:]_]+$', ['aB_'], ['a1']],
  ['\\s is ASCII alone', '^\\s$', [' ', '\t'], ['\u00a0', '\v']],
  ['\\Q…\\E is taken by the letter', '^\\Qa.b\\E$', ['a.b'], ['axb']],
  ['a name may be written (?P<name>…)', '^(?P<year>\\d{4})$', ['2026'], ['26']],
  ['\\x{…} names a code point', '^\\x{1F600}$', ['😀'], ['x']],
  ['\\pL is a class of Unicode', '^\\pL+$', ['äß'], ['1']],
  ['\\p{Greek} is a script', '^\\p{Greek}$', ['α'], ['a']],
  ['a brace that repeats nothing is itself', '^a{b}$', ['a{b}'], ['ab']],
  ['a bracket first in a class is itself', '^[]a]$', [']', 'a'], ['b']],
  ['a hyphen last in a class is itself', '^[a-]$', ['a', '-'], ['b']],
  ['a dot counts characters, not their halves', '^.$', ['😀'], ['ab']],
] as const)('%s', (_, pattern, matching, others) => {
  expect(matching.filter((text) => !re2(pattern).test(text))).toEqual([]);
  expect(others.filter((text) => re2(pattern).test(text))).toEqual([]);
});

test.each(['(?=a)', '(?!a)', '(?<=a)', '(a)\\1', 'a**', 'a{1001}', '[a', '(a', 'a)', '*a', '(?U)a+'])(
  '%s is no expression that RE2 has, or that can be expressed',
  (pattern) => {
    expect(() => re2(pattern)).toThrow(SyntaxError);
  },
);
