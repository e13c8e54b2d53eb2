import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { CORE_SCHEMA, YAML11_SCHEMA, load } from 'js-yaml';
import { parse } from 'yaml';
import type { Json } from '../../src/estate';
import { toYaml } from '../../src/yaml';

const READERS: { readonly [name: string]: (text: string) => unknown } = {
  'js-yaml 1.1': (text) => load(text, { schema: YAML11_SCHEMA }),
  'js-yaml 1.2': (text) => load(text, { schema: CORE_SCHEMA }),
  'yaml 1.1': (text) => parse(text, { version: '1.1' }),
  'yaml 1.2': (text) => parse(text, { version: '1.2' }),
};

/** Text that one reader or another is known to take for something else. */
const TRICKY = [
  '~ null Null yes Yes no NO on Off y N true FALSE = << .inf -.INF +.inf .nan inf -Infinity NaN'.split(' '),
  '0 -1 +1 007 0777 0o17 0x1F 0b11 1_000 _1 1. .5 1e3 1E-3 e5 .e5 -e5 0x1p4 1__0.0_1 12:30 -1:30:00 1:30.5'.split(
    ' ',
  ),
  '2001-12-14 2001-12-14t21:59:43.10-05:00 --- ... - -a ? : a: a:b a#b #a @a `a` %a !a &a *a | > {a} [a] ,'.split(
    ' ',
  ),
  '100m 5Gi 1.2.3 1d 10.0.0.0/8 /a ./a ${A} $(A) \'a\' "a" \\a a"b it\'s __proto__ constructor 1 10 日本'.split(
    ' ',
  ),
  [
    '',
    ' ',
    ' a',
    'a ',
    'a  b',
    '- a',
    '--- a',
    '? a',
    ': a',
    'a: b',
    'a #b',
    '2001-1-1 2:3:4',
    '\ta',
    'a\tb',
    'a\t',
  ],
  [
    '\u0085',
    '\u2028',
    '\u2029',
    '\ufeff',
    'a\u0085b',
    'a\u2028b',
    '\ufeffa',
    '\u0000',
    '\u0007',
    '\u001b[0m',
    '\u007f',
  ],
  [
    '\u00a0',
    '\ud800',
    'a\udc00',
    '\ud83d\ude00',
    '\ufffe',
    '\uffff',
    '\u00e9t\u00e9',
    'a\u200bb',
    'x'.repeat(3000),
  ],
  [
    '\n',
    '\n\n',
    'a\n',
    'a\nb',
    'a\n\n',
    '\na',
    ' a\nb',
    '\n a\nb',
    '\t\na',
    '\ta\nb',
    'a\n \nb',
    'a\n ',
    'a\n \n',
    'a \nb \n',
  ],
  [
    'a\r\nb',
    'a\rb',
    '# a\nb: c\n',
    '- a\n- b',
    'a\n---\nb\n',
    'a\n\tb\n',
    'a\n...\n',
    '\n\n  a\n',
    'a\u0085\nb',
    'a\n\n\nb\n\n',
  ],
].flat();

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...TRICKY) },
  fc.array(fc.constantFrom(...TRICKY), { maxLength: 4 }).map((parts) => parts.join('')),
  fc
    .array(fc.constantFrom(...Array.from('a1 0e:#-?.,_+\n\t"\'\\{}[]|>~=<&*!%@`xX/')), { maxLength: 12 })
    .map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);
const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const key = text.filter((key) => key !== '__proto__');
const json = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.oneof(number, fc.boolean(), fc.constant(null)),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(key, tie('json'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).json;

test.each(Object.entries(READERS))('%s reads back what was written', (_, read) => {
  const property = fc.property(json, (value) => {
    expect(read(toYaml(value))).toEqual(normal(value));
  });
  fc.assert(property, { numRuns: 1000 });
});

test.each(Object.entries(READERS))('%s reads each tricky text as a value, a key and an item', (_, read) => {
  for (const text of TRICKY) {
    const value = { list: [text, [text, { a: text }]], map: { a: text, b: text } };
    expect(read(toYaml(value))).toEqual(value);
  }
  for (const text of TRICKY.filter((text) => text !== '__proto__')) {
    const value = { [text]: { [text]: [text] } };
    expect(read(toYaml(value))).toEqual(value);
  }
});

test('the order of keys does not change the text', () => {
  const shuffled = fc.dictionary(text, json).chain((object) => {
    const entries = Object.entries(object);
    return fc.tuple(fc.constant(object), fc.shuffledSubarray(entries, { minLength: entries.length }));
  });
  fc.assert(
    fc.property(shuffled, ([object, entries]) =>
      expect(toYaml(Object.fromEntries(entries))).toBe(toYaml(object)),
    ),
  );
});

test('no line ends in a space, unless the text itself has one there', () => {
  expect(toYaml({ a: { b: [] }, c: { d: { e: null } }, f: 'x\n\ny\n', g: [[['z']]] })).not.toMatch(/ $/m);
});

test('apiVersion, kind and metadata come first, everything else is sorted', () => {
  const object = {
    spec: { z: 1, a: { kind: 'x', apiVersion: 'y' } },
    data: {},
    metadata: { namespace: 'b', name: 'a', labels: {} },
    kind: 'K',
    apiVersion: 'v1',
  };
  expect(toYaml(object)).toMatchInlineSnapshot(`
"apiVersion: v1
kind: K
metadata:
  labels: {}
  name: a
  namespace: b
data: {}
spec:
  a:
    apiVersion: "y"
    kind: x
  z: 1
"
`);
});

test('lists stand at the indentation of their key, long lines stay whole', () => {
  const args = ['-c', 'echo '.repeat(100).trim(), '#!/bin/sh\n\nexec "$@"\n', '  indented\nless\n\n'];
  const text = toYaml({
    containers: [{ name: 'a', args, ports: [{ port: 80 }] }, []],
    matrix: [[1, 2], [{ a: 1, b: 2 }]],
  });
  expect(text.replace(/(echo ){10,}echo/, 'ECHO')).toMatchInlineSnapshot(`
"containers:
- args:
  - -c
  - ECHO
  - |
    #!/bin/sh

    exec "$@"
  - |2+
      indented
    less

  name: a
  ports:
  - port: 80
- []
matrix:
- - 1
  - 2
- - a: 1
    b: 2
"
`);
});

test('what readers disagree about is quoted, what they agree about is not', () => {
  const plain = [
    '100m',
    '5Gi',
    '1.2.3',
    '10.0.0.0/8',
    'a:b',
    'http://x/y?z=1',
    '--config=a b',
    'nginx:1.2',
    '${A}',
    "it's",
    'née',
  ];
  for (const text of plain) expect(toYaml(text)).toBe(`${text}\n`);
  for (const text of ['yes', 'n', '0o17', '12:30', '1e3', '1_000', '2001-12-14', '=', ''])
    expect(toYaml(text)).toBe(`"${text}"\n`);
  expect(toYaml('{"a": "it\'s"}')).toBe(`'{"a": "it''s"}'\n`);
});

test('numbers are written so that YAML 1.1 knows them for numbers', () => {
  expect([1e21, -0, 1.5, 1e-7, 1.5e-9, 9007199254740991].map(toYaml).join('')).toBe(
    '1.0e+21\n0\n1.5\n1.0e-7\n1.5e-9\n9007199254740991\n',
  );
});

/** JSON has one zero. */
function normal(value: Json): unknown {
  return JSON.parse(JSON.stringify(value), (_, item) => item) as unknown;
}
