/**
 * Makes a new repository with `fluxwright init`, installs it from the registry and has it do all that its README
 * promises. Takes a minute; run it before a release: `node --import tsx scripts/try-init.ts`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = join(mkdtempSync(join(tmpdir(), 'fluxwright-init-')), 'estate');
const bin = join(__dirname, '..', 'bin', 'fluxwright.js');

/** What is run, where; the second synth has nothing left to write. */
const steps: readonly (readonly [command: string, ...args: string[]])[] = [
  ['git', 'init', '--quiet'],
  ['npm', 'install', '--no-audit', '--no-fund'],
  ['npm', 'run', '--silent', 'synth'],
  ['npm', 'run', '--silent', 'types'],
  ['npm', 'test', '--silent'],
  ['npx', 'fluxwright', 'why', 'deploy/hello-server', 'spec.replicas'],
  ['npx', 'fluxwright', 'graph', '--format', 'svg'],
  ['npx', 'fluxwright', 'diff'],
  ['npx', 'fluxwright', 'check', 'dist'],
  ['node', '--import', 'tsx', 'main.ts'],
];

function run(command: string, args: readonly string[], cwd: string): void {
  process.stdout.write(`$ ${command} ${args.join(' ')}\n`);
  const { status } = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} exits with ${status}`);
}

try {
  run(process.execPath, [bin, 'init', folder], process.cwd());
  for (const [command, ...args] of steps) run(command, args, folder);
} finally {
  rmSync(join(folder, '..'), { recursive: true, force: true });
}
