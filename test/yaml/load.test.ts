import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Json, JsonObject } from '../../src/estate';
import { expandLists, lineOf, parseDocuments, toYaml } from '../../src/yaml';

function read(yaml: string): Json {
  const { documents, problems } = parseDocuments(yaml, 'a.yaml');
  expect(problems).toEqual([]);
  return documents[0]?.body ?? null;
}

function problemOf(yaml: string) {
  return parseDocuments(yaml, 'a.yaml').problems[0];
}

/** Each as kubectl 1.35 reads it. */
test.each<[string, Json]>([
  ['yes', true],
  ['Off', false],
  ['n', false],
  ['~', null],
  ['', null],
  ['0777', 511],
  ['0o17', 15],
  ['+0o17', 15],
  ['-0777', -511],
  ['0x1F', 31],
  ['0x_1F', 31],
  ['-0x1F', -31],
  ['0b11', 3],
  ['0_1', 1],
  ['08', 8],
  ['0o8', '0o8'],
  ['09.5', 9.5],
  ['1_000', 1000],
  ['1__0', 10],
  ['1_0.5', 10.5],
  ['_1', '_1'],
  ['+12', 12],
  ['1.', 1],
  ['.5', 0.5],
  ['-.5', -0.5],
  ['1e3', 1000],
  ['1.e3', 1000],
  ['1e3_0', 1e30],
  ['1.0e+21', 1e21],
  ['1e+21', 1e21],
  ['e5', 'e5'],
  ['0x1p4', '0x1p4'],
  ['12:30', '12:30'],
  ['2001-12-14', '2001-12-14'],
  ['2001-12-14T21:59:43Z', '2001-12-14T21:59:43Z'],
  ['"yes"', 'yes'],
  ["'0777'", '0777'],
  ['!!str 5', '5'],
  ['=', '='],
  ['yEs', 'yEs'],
])('%s is read as Kubernetes reads it', (source, value) => {
  expect(read(`a: ${source}\n`)).toEqual({ a: value });
});

test('keys that are no text become text', () => {
  expect(read('1: a\n1.5: b\non: c\n')).toEqual({ '1': 'a', '1.5': 'b', true: 'c' });
});

test('merge keys and anchors are followed', () => {
  const yaml = 'base: &base {a: 1, b: 2}\nuse:\n  <<: *base\n  b: 3\nlist: [*base]\n';
  expect(read(yaml)).toEqual({ base: { a: 1, b: 2 }, use: { a: 1, b: 3 }, list: [{ a: 1, b: 2 }] });
});

test('a file of many documents gives each with its text and the line that it begins in', () => {
  const yaml =
    '# about\n\n---\n# first\na: 1\n--- # second\n\n\nb: |\n  text\n  --- not a marker\n...\n---\n---\n--- {c: 3}\n';
  expect(parseDocuments(yaml, 'a.yaml')).toEqual({
    documents: [
      { body: { a: 1 }, line: 4, text: '# first\na: 1\n' },
      { body: { b: 'text\n--- not a marker\n' }, line: 9, text: 'b: |\n  text\n  --- not a marker\n' },
      { body: { c: 3 }, line: 15, text: ' {c: 3}\n' },
    ],
    problems: [],
  });
});

test('Windows line ends, byte order marks, directives and a missing last line end are no obstacle', () => {
  const { documents } = parseDocuments('\ufeff%YAML 1.1\r\n---\r\na: 1\r\n---\r\nb: x', 'a.yaml');
  expect(documents.map(({ body, line }) => ({ body, line }))).toEqual([
    { body: { a: 1 }, line: 3 },
    { body: { b: 'x' }, line: 5 },
  ]);
});

test('JSON is YAML, tabs included', () => {
  expect(read('{\n\t"a": [1, "yes", null],\n\t"b": {}\n}\n')).toEqual({ a: [1, 'yes', null], b: {} });
});

test('nothing but blanks, comments and nulls is no document', () => {
  for (const yaml of ['', '\n\n', '# only\n', '---\n---\n', 'null\n', '--- ~\n'])
    expect(parseDocuments(yaml, 'a.yaml')).toEqual({ documents: [], problems: [] });
});

test.each([
  ['a key twice', 'x: 1\na:\n  b: 1\n  b: 2\n', 4, /duplicate/],
  ['a list', '- a\n', 1, /map of fields/],
  ['text', 'just text\n', 1, /map of fields/],
  ['an open bracket', 'a: [1, 2\nb: 3\n', 2, /./],
  ['a tab as indentation', 'a:\n\tb: 1\n', 2, /tab|indent/],
  [
    'a whole number that JavaScript would change',
    'a: 1\nb: 9007199254740993\n',
    2,
    /9007199254740993.*quotes/,
  ],
  ['infinity', 'a: 1\nb:\n- .inf\n', 3, /\.inf/],
  ['a tag that Kubernetes does not know', 'a: 1\nb: !vault secret\n', 2, /tag/],
  ['an anchor that nobody set', 'a: 1\nb: *missing\n', 2, /missing/],
])('%s is a problem at its line', (_, yaml, line, message) => {
  expect(problemOf(`# comment\n---\n${yaml}`)).toEqual({
    file: 'a.yaml',
    line: line + 2,
    message: expect.stringMatching(message),
  });
});

test('a whole number beyond what is safe is read where it comes out as it went in', () => {
  expect(parseDocuments('maximum: 9223372036854775000\n', 'a.yaml')).toMatchObject({
    documents: [{ body: { maximum: 9223372036854775000 } }],
    problems: [],
  });
  expect(String(9223372036854775000)).toBe('9223372036854775000');
});

test('a broken document does not hide the others', () => {
  const { documents, problems } = parseDocuments('a: 1\n---\nb: [\n---\nc: 3\n', 'a.yaml');
  expect(documents.map(({ body }) => body)).toEqual([{ a: 1 }, { c: 3 }]);
  expect(problems).toHaveLength(1);
});

test('anchors that expand without end are refused, ordinary ones are not', () => {
  const lines = Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}*a${i}]`);
  expect(problemOf(`a0: &a0 x\n${lines.join('\n')}\n`)?.message).toMatch(/anchors/);
  expect(problemOf('a: &a\n  b: *a\n')?.message).toMatch(/anchors/);
  expect(problemOf(`a0: &a0 x\n${lines.slice(0, 3).join('\n')}\n`)).toBeUndefined();
});

test('what is written is what is read', () => {
  const key = fc.string({ unit: 'binary', maxLength: 8 }).filter((key) => key !== '__proto__');
  const { object } = fc.letrec<{ object: JsonObject; json: Json }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'small' },
      key,
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.array(tie('json'), { maxLength: 3 }),
      tie('object'),
    ),
    object: fc.dictionary(key, tie('json'), { maxKeys: 4, noNullPrototype: true }),
  }));
  const property = fc.property(fc.array(object, { minLength: 1, maxLength: 3 }), (bodies) => {
    const { documents } = parseDocuments(bodies.map(toYaml).join('---\n'), 'a.yaml');
    expect(documents.map(({ body }) => body)).toEqual(bodies);
    expect(documents.map(({ text }) => text)).toEqual(bodies.map(toYaml));
  });
  fc.assert(property, { numRuns: 500 });
});

const LIST = `apiVersion: v1
kind: List
items:
# the first
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: a}
  data:
    text: |
      one
        two

- apiVersion: v1
  kind: Service
  metadata:
    name: b
metadata: {}
`;

test('a List becomes its items, each with its own lines', () => {
  const documents = expandLists(parseDocuments(`---\n${LIST}`, 'a.yaml').documents);
  expect(documents.map(({ line, text }) => ({ line, text }))).toMatchInlineSnapshot(`
[
  {
    "line": 6,
    "text": "apiVersion: v1
kind: ConfigMap
metadata: {name: a}
data:
  text: |
    one
      two
",
  },
  {
    "line": 14,
    "text": "apiVersion: v1
kind: Service
metadata:
  name: b
",
  },
]
`);
  for (const { body, text } of documents) expect(read(text)).toEqual(body);
});

test('a List in JSON, or of one kind, becomes its items too', () => {
  const json =
    '{"apiVersion": "v1", "kind": "ConfigMapList",\n "items": [{"metadata": {"name": "a"}},\n{"metadata": {"name": "b"}}]}';
  const documents = expandLists(parseDocuments(json, 'a.json').documents);
  expect(documents.map(({ body, line }) => ({ ...body, line }))).toEqual([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, line: 2 },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' }, line: 3 },
  ]);
});

test('lines in brackets and quotes may stand as far left as they like, and what follows keeps its line', () => {
  const yaml = `args: ['
  a
'
]
map: {
b: [
1 ]
}
last: { c: d }
`;
  const [document] = parseDocuments(yaml, 'a.yaml').documents;
  expect(document?.body).toEqual({ args: [' a '], map: { b: [1] }, last: { c: 'd' } });
  expect(lineOf(document?.text ?? '', 'last.c')).toBe(9);
  expect(lineOf(document?.text ?? '', 'map.b')).toBe(6);
});

test('a template without quotes is called one, in its line', () => {
  expect(problemOf('kind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n')).toEqual({
    file: 'a.yaml',
    line: 3,
    message: 'a key is a map or a list: {{ … }} of a template stands in no quotes',
  });
});

test('what is no list stays as it is', () => {
  const { documents } = parseDocuments(
    'kind: Wish\nitems: [a]\n---\nkind: PriceList\nitems: none\n',
    'a.yaml',
  );
  expect(expandLists(documents)).toEqual(documents);
});

test.each([
  ['kind', 2],
  ['items', 3],
  ['items[0]', 5],
  ['items[0].metadata.name', 7],
  ['items[0].data.text', 9],
  ['items[1].metadata.name', 16],
  ['items[1].metadata.labels', 15],
  ['items[7].metadata', 3],
  ['nothing.here', 1],
])('%s is found in its line', (path, line) => {
  expect(lineOf(LIST, path)).toBe(line);
});

test('keys with points are found, in quotes and without', () => {
  const yaml = 'data:\n  server: x\n  server.json: y\n  server.json.bak: {a: 1,\n    b.c: 2}\n';
  expect(lineOf(yaml, 'data.server.json')).toBe(3);
  expect(lineOf(yaml, 'data["server.json"]')).toBe(3);
  expect(lineOf(yaml, 'data.server')).toBe(2);
  expect(lineOf(yaml, 'data.server.json.bak.b.c')).toBe(5);
});
