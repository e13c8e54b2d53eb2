import { chmodSync, chownSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Finding } from '../../src/estate';
import { acquire, LOCK, release } from '../../src/write/lock';
import { beginning, contentOf, fluxwright, inTurn, type Outcome, project, run } from './project';

const before = {
  'dist/test/shop/kustomization.yaml':
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n- shop/configmap_old.yaml\n',
  'dist/test/shop/shop/configmap_old.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: old\n  namespace: shop\n',
};

const pod = (name: string, other: string): string => `
  const ${name} = new FluxChart(cluster, '${name}', { namespace: 'shop' });
  new ApiObject(${name}, 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: '${name}' } });
  new ApiObject(${name}, 'pod', { apiVersion: 'v1', kind: 'Pod', metadata: { name: '${name}' }, spec: {
    securityContext: { runAsNonRoot: true },
    containers: [{
      name: 'main', image: 'busybox:1.36.1', envFrom: [{ configMapRef: { name: '${other}' } }],
      resources: { requests: { cpu: '1m', memory: '1Mi' } }, securityContext: { allowPrivilegeEscalation: false },
    }],
  } });`;

/** What a project may do wrong: the line of its own that is wrong, and the one finding that says so. */
const mistakes: readonly (readonly [name: string, lines: string, rule: string, message: RegExp])[] = [
  ['a chart that throws', `throw new Error('no luck today');`, 'crash', /^no luck today$/],
  ['something thrown that is no error', `throw 'a text';`, 'crash', /^a text$/],
  ['TypeScript that is none', `const x = {;`, 'syntax', /^Expected identifier but found ";"$/],
  [
    'a module that is not there',
    `require('./nowhere');`,
    'module-not-found',
    /^Cannot find module '.\/nowhere'$/,
  ],
  [
    'a promise that nobody handles',
    `void Promise.reject(new Error('no luck later'));`,
    'crash',
    /^no luck later$/,
  ],
  [
    'a package that is imported late and is not there',
    `void import('no-such-package-at-all');`,
    'module-not-found',
    /^Cannot find package 'no-such-package-at-all'$/,
  ],
  [
    'a rule that is misspelt',
    `new FluxApp({ rules: { severity: { 'probe-mising': 'off' } } });`,
    'crash',
    /^there is no rule probe-mising: did you mean probe-missing\?$/,
  ],
  [
    'two apps',
    `app.synth(); const more = new FluxApp(); new Cluster(more, 'more'); more.synth();`,
    'crash',
    /^a second FluxApp synthesizes/,
  ],
  ['half of a character', `map('a', { a: '\\ud800' });`, 'not-json', /^a text with half of a character/],
  ['a key __proto__', `map('a', JSON.parse('{"__proto__": "b"}'));`, 'not-json', /^a key __proto__/],
  [
    'an instance of a class',
    `class Own { a = 'b'; } map('a', { a: new Own() });`,
    'not-json',
    /^an instance of Own is not JSON$/,
  ],
  ['a Date', `map('a', { when: new Date(0) });`, 'not-json', /^a Date is not JSON$/],
  ['a Map', `map('a', { all: new Map([[1, 2]]) });`, 'not-json', /^a Map is not JSON$/],
  ['a function', `map('a', { call: () => 1 });`, 'not-json', /^a function is not JSON$/],
  ['NaN', `map('a', { number: 0 / 0 });`, 'not-json', /^NaN is not JSON$/],
  ['a BigInt', `map('a', { number: 10n });`, 'not-json', /^a bigint is not JSON$/],
  ['a value that holds itself', `const a: any = {}; a.a = a; map('a', a);`, 'not-json', /holds itself/],
  [
    'two objects of one identity',
    `map('a', {}); new ApiObject(shop, 'b', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } });`,
    'one-owner',
    /written twice/,
  ],
  ['a ConfigMap of 5 MB', `map('a', { text: 'x'.repeat(5e6) });`, 'too-large', /5000000 bytes/],
  ['an estate in a circle', pod('one', 'two') + pod('two', 'one'), 'cycle', /one → two → one is a circle/],
];

/** What is no error, or comes from Node itself, does not know where it was thrown. */
const placeless = new Set([
  'something thrown that is no error',
  'a package that is imported late and is not there',
]);

const folders = mistakes.map(([, lines]) => project(`${beginning}${lines}\napp.synth();\n`, before));
const outcomes = inTurn(folders.map((folder) => [folder, 'synth', '--json']));

test.each(mistakes.map(([name], index) => [name, index] as const))(
  '%s is one finding, and dist/ stays as it was',
  async (_, index) => {
    const folder = folders[index]!;
    const outcome = (await outcomes)[index]!;
    const [, , rule, message] = mistakes[index]!;
    expect(outcome.code).toBe(1);
    const findings = findingsIn(outcome);
    expect(findings.map((finding) => finding.rule)).toEqual([rule]);
    expect(findings[0]?.message).toMatch(message);
    const file = placeless.has(mistakes[index]![0]) ? undefined : join(folder, 'main.ts');
    expect(findings[0]?.origin?.frames[0]?.file).toBe(file);
    expect(contentOf(join(folder, 'dist'))).toEqual(contentBefore());
  },
);

function findingsIn({ stdout, stderr }: Outcome): readonly Finding[] {
  expect(stderr).toBe('');
  return (JSON.parse(stdout) as { readonly findings: readonly Finding[] }).findings;
}

function contentBefore(): { readonly [path: string]: string } {
  return Object.fromEntries(Object.entries(before).map(([path, text]) => [path.slice('dist/'.length), text]));
}

const good = `${beginning}map('a', { a: '1' });\napp.synth();\n`;

test('a person reads what is wrong, where, and what to write instead', async () => {
  const folder = project(`${beginning}map('a', { when: new Date(0) });\napp.synth();\n`);
  const { stderr, stdout, code } = await fluxwright(folder, ['synth']);
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toBe(`error[not-json] a Date is not JSON
  in  test: ConfigMap shop/a, data.when
  at  main.ts:8:12
      8 │ map('a', { when: new Date(0) });
        │            ^
  by  main.ts:7:3
  fix write plain data: strings, finite numbers, booleans, lists and objects

1 error
`);
});

const half = 'test/shop/shop/configmap_half.yaml';
const dead = { pid: 2 ** 22 + 1, started: '1', host: hostname(), paths: [half] };
const late = `${beginning}void (async () => {
  const { text } = await new Promise<{ text: string }>((done) => setTimeout(done, 20, { text: 'late' }));
  map('a', { text });
  app.synth();
})();\n`;

/** Projects that find something odd when they write. */
const odd = {
  byHand: project(good, { ...before, 'dist/notes.txt': 'mine' }),
  distIsFile: project(good, { dist: 'a file' }),
  opsIsFile: project(good, { ops: 'mine' }),
  busy: project(good, before),
  halfWay: project(good, {
    ...before,
    [`dist/${half}`]: 'apiVersion: v',
    [`dist/${LOCK}`]: JSON.stringify(dead),
  }),
  clean: project(good),
  late: project(late),
};
acquire(join(odd.busy, 'dist'));
const oddOutcomes = inTurn(Object.values(odd).map((folder) => [folder, 'synth', '--json']));

async function outcomeOf(name: keyof typeof odd): Promise<Outcome> {
  return (await oddOutcomes)[Object.keys(odd).indexOf(name)]!;
}

test('a file that somebody made by hand is neither lost nor taken along', async () => {
  const outcome = await outcomeOf('byHand');
  expect(outcome.code).toBe(1);
  expect(findingsIn(outcome).map(({ rule }) => rule)).toEqual(['output-foreign-file']);
  expect(contentOf(join(odd.byHand, 'dist'))).toEqual({ ...contentBefore(), 'notes.txt': 'mine' });
});

test('a file in the place of dist/ is left alone', async () => {
  const outcome = await outcomeOf('distIsFile');
  expect(outcome.code).toBe(1);
  expect(findingsIn(outcome).map(({ rule }) => rule)).toEqual(['output-unwritable']);
});

test('a file in the place of ops/ is one finding as well', async () => {
  const { code, stdout } = await outcomeOf('opsIsFile');
  expect(code).toBe(1);
  expect((JSON.parse(stdout) as { findings: readonly Finding[] }).findings).toMatchObject([
    { rule: 'output-unwritable', message: expect.stringContaining('a file is in the place of a folder') },
  ]);
});

test('two at once: the second one says who is writing, and leaves it alone', async () => {
  const outcome = await outcomeOf('busy');
  release(join(odd.busy, 'dist'), new Set());
  expect(outcome.code).toBe(1);
  const [finding, ...others] = findingsIn(outcome);
  expect(others).toEqual([]);
  expect(finding?.rule).toBe('output-busy');
  expect(finding?.message).toContain(`process ${process.pid}`);
  expect(contentOf(join(odd.busy, 'dist'))).toEqual(contentBefore());
});

test('a run that was killed half-way is completed by the next one', async () => {
  const { code, stdout } = await outcomeOf('halfWay');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ repaired: true, removed: expect.arrayContaining([half]) });
  expect(contentOf(join(odd.halfWay, 'dist'))).toEqual(contentOf(join(odd.clean, 'dist')));
});

test('a program may wait for something before it synthesizes', async () => {
  const { code, stderr } = await outcomeOf('late');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(contentOf(join(odd.late, 'dist'))['test/shop/shop/configmap_a.yaml']).toContain('text: late');
});

test('a dist/ that may not be written, or not be read, is one finding', async () => {
  const nobody = 65_534;
  const asSomebody = process.getuid?.() === 0 ? { uid: nobody } : {};
  const [unwritable, unreadable] = [project(good, before), project(good, before)];
  chmodSync(join(unwritable, 'dist'), 0o555);
  chmodSync(join(unreadable, 'dist', 'test'), 0o000);
  if (asSomebody.uid !== undefined) chownSync(join(unreadable, 'dist'), nobody, nobody);
  const found = await Promise.all(
    [unwritable, unreadable].map((folder) => fluxwright(folder, ['synth', '--json'], asSomebody)),
  );
  chmodSync(join(unreadable, 'dist', 'test'), 0o755);
  expect(found.map(({ code }) => code)).toEqual([1, 1]);
  for (const outcome of found)
    expect(findingsIn(outcome).map(({ rule }) => rule)).toEqual(['output-unwritable']);
  for (const folder of [unwritable, unreadable])
    expect(contentOf(join(folder, 'dist'))).toEqual(contentBefore());
});

test('node and cdk8s write the same dist/', async () => {
  const [ours, nodes, theirs] = [project(good), project(good), project(good)];
  const cdk8s = (folder: string): Promise<Outcome> =>
    run(folder, process.execPath, [join(folder, 'node_modules', '.bin', 'cdk8s'), 'synth'], {
      env: { CDK8S_DISABLE_UPGRADE: '1', CHECK_UPGRADE: 'false' },
    });
  const plain = (folder: string): Promise<Outcome> =>
    run(folder, process.execPath, ['--import', 'tsx', 'main.ts']);
  const codes = await Promise.all([fluxwright(ours, ['synth']), plain(nodes), cdk8s(theirs)]);
  expect(codes.map(({ code }) => code)).toEqual([0, 0, 0]);
  const wanted = contentOf(join(ours, 'dist'));
  expect(Object.keys(wanted)).toContain('test/shop/shop/configmap_a.yaml');
  expect(contentOf(join(nodes, 'dist'))).toEqual(wanted);
  expect(contentOf(join(theirs, 'dist'))).toEqual(wanted);
});

test('a broken estate keeps node and cdk8s from writing as well', async () => {
  const bad = `${beginning}map('a', { when: new Date(0) });\napp.synth();\n`;
  const [nodes, theirs] = [project(bad, before), project(bad, before)];
  const found = await Promise.all([
    run(nodes, process.execPath, ['--import', 'tsx', 'main.ts']),
    run(theirs, process.execPath, [join(theirs, 'node_modules', '.bin', 'cdk8s'), 'synth']),
  ]);
  for (const { code, stderr } of found) {
    expect(code).not.toBe(0);
    expect(stderr.match(/error\[/g)).toEqual(['error[']);
  }
  for (const folder of [nodes, theirs]) expect(contentOf(join(folder, 'dist'))).toEqual(contentBefore());
  rmSync(join(nodes, 'dist'), { recursive: true });
});

test('a program that throws while it waits, or leaves, is one error, and dist/ stays as it was', async () => {
  const endings = {
    "void (async () => { await null; throw new Error('no luck while waiting'); })();":
      /error\[crash\] no luck while waiting\n {2}at {2}main\.ts:8:/,
    'process.exit(0);': /^error: main\.ts calls process\.exit/,
    'void (async () => { await null; process.exit(0); })();': /^error: main\.ts calls process\.exit/,
    '': /^error: main\.ts synthesizes nothing/,
  };
  for (const [lines, message] of Object.entries(endings)) {
    const folder = project(`${beginning}${lines}\n`, before);
    const { code, stderr } = await fluxwright(folder, ['synth']);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
    expect(contentOf(join(folder, 'dist'))).toEqual(contentBefore());
  }
});
