import { expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { program } from '../../src/cli/main';
import { beginning, fluxwright, inTurn, project, run } from './project';

/** The help of a command, with what is written below it. */
function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return text;
}

test.each(program().commands.map((command) => [command.name(), command] as const))(
  'the help of %s has a description and examples',
  (name, command) => {
    expect(command.description()).not.toBe('');
    expect(command.summary()).not.toBe('');
    expect(helpOf(command)).toMatch(new RegExp(`Examples:\n(.|\n)*\\$ .*fluxwright ${name}`));
  },
);

test('the help says what the exit codes mean', () => {
  expect(helpOf(program())).toContain('Exit codes:');
});

const good = `${beginning}map('a', { a: '1' });\napp.synth();\n`;
const folder = project(good);

const usageErrors: readonly (readonly [args: readonly string[], message: RegExp])[] = [
  [['chekc'], /unknown command 'chekc'\n\(Did you mean check\?\)/],
  [['synth', '--alow-removal'], /unknown option '--alow-removal'\n\(Did you mean --allow-removal\?\)/],
  [['check', '--format', 'xml'], /Allowed choices are text, json, sarif, github/],
  [['why'], /missing required argument 'object'/],
  [['why', 'cm/nothing'], /there is no object cm\/nothing in this estate/],
  [['explain', 'dangling-referense'], /did you mean dangling-reference\?/],
  [['graph', '--cluster', 'tset'], /there is no cluster tset: did you mean test\?/],
  [['lab', 'up', '--cluster', 'tset'], /there is no cluster tset: did you mean test\?/],
  [['check', 'nowhere'], /there is no nowhere/],
  [['check', '.', '--kubernetes', 'new'], /Write a version of Kubernetes, e\.g\. 1\.36/],
  [['check', '--kubernetes', '1.36'], /a cluster of a project says its own version/],
  [['synth', '--app', 'other.ts'], /there is no other\.ts here/],
  [['init', '.'], /has main\.ts already|has cdk8s\.yaml, main\.ts already|already: nothing was written/],
];
const usageOutcomes = inTurn(usageErrors.map(([args]) => [folder, ...args]));

test.each(usageErrors.map(([args], index) => [args, index] as const))(
  'fluxwright %s is a usage error with a hint',
  async (_, index) => {
    const { code, stdout, stderr } = (await usageOutcomes)[index]!;
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(usageErrors[index]![1]);
    expect(stderr).not.toContain('    at ');
  },
);

test('what programs ask for is JSON, and nothing else', async () => {
  const commands = [
    ['synth'],
    ['check'],
    ['diff'],
    ['why', 'cm/a'],
    ['graph'],
    ['explain', 'cycle'],
    ['explain', 'syntax'],
  ];
  const outcomes = await inTurn(commands.map((args) => [folder, ...args, '--json']));
  expect(outcomes).toHaveLength(commands.length);
  for (const { stdout, stderr } of outcomes) {
    expect(() => JSON.parse(stdout)).not.toThrow();
    expect(stderr).toBe('');
  }
});

test('a diff says what would change against what is committed', async () => {
  const own = project(good);
  await fluxwright(own, ['synth']);
  const git = (...args: readonly string[]) =>
    run(own, 'git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args]);
  await git('init', '--quiet');
  await git('add', 'dist');
  await git('commit', '--quiet', '--message', 'all');
  const same = await fluxwright(own, ['diff', '--exit-code']);
  expect(same).toMatchObject({ code: 0, stdout: 'no object changes\n' });

  const other = `${beginning}map('a', { a: '2' });\nmap('b', {});\napp.synth();\n`;
  const { writeFileSync } = require('node:fs') as typeof import('node:fs');
  writeFileSync(`${own}/main.ts`, other);
  const changed = await fluxwright(own, ['diff', '--exit-code']);
  expect(changed).toMatchObject({
    code: 1,
    stdout: `test/shop
  ~ ConfigMap shop/a
      ~ data.a: "1" → "2"
  + ConfigMap shop/b
1 added, 1 changed
`,
  });
});

test('colors come where they are asked for, and go where they are not', async () => {
  const bad = project(`${beginning}map('a', { when: new Date(0) });\napp.synth();\n`);
  const [plain, list, colored, none] = await Promise.all([
    fluxwright(bad, ['check'], { env: { CI: 'true' } }),
    fluxwright(bad, ['explain'], { env: { CI: 'true' } }),
    fluxwright(bad, ['check'], { env: { FORCE_COLOR: '1' } }),
    fluxwright(bad, ['check'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }),
  ]);
  expect(plain.stdout).not.toContain('\u001b[');
  expect(list.stdout).not.toContain('\u001b[');
  expect(colored.stdout).toContain('\u001b[');
  expect(none.stdout).not.toContain('\u001b[');
});
