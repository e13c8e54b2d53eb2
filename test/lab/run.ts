/**
 * `npm run test:lab [-- [--write-proof] [pattern...]]`: proves the lab and, on it, this repository's estate. Says why
 * where this machine cannot run a lab; leaves no lab behind, however it ends. `--write-proof` writes `docs/proof.md`.
 * With a `KUBECONFIG` it runs what can be proven on any cluster that has Flux.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareBinaries } from '../../src/lab/binaries';
import { takeDown } from '../../src/lab/down';
import { checkRequirements } from '../../src/lab/requirements';
import { LabError } from '../../src/lab/wait';
import { ANYWHERE } from './anywhere';
import { PROOF_FOLDER, writeProof } from './proof';
import { labNames, LAB_NAMES } from './names';

/** For all there is; the part that `.ci/lab` runs has its own limit. */
const SECONDS = 75 * 60;

interface Counts {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

async function main(): Promise<void> {
  const options = process.argv.slice(2);
  const asked = options.filter((option) => option !== '--write-proof');
  const isElsewhere = Boolean(process.env['KUBECONFIG']);
  const reason = isElsewhere ? undefined : await whyNot();
  if (reason !== undefined) return print(`The tests on the lab are left out: ${reason}`);
  const patterns = isElsewhere ? elsewhere(asked) : asked;
  const folder = mkdtempSync(join(tmpdir(), 'fluxwright-lab-tests-'));
  mkdirSync(join(folder, 'proof'));
  try {
    const isWhole = await runTests(folder, patterns);
    const counts = readCounts(join(folder, 'counts.json'));
    report(isWhole, counts);
    const writes = options.includes('--write-proof') && process.exitCode !== 1;
    if (writes) writeProof(join(folder, 'proof'), 'docs/proof.md');
  } finally {
    for (const name of labNames(process.pid)) await takeDown(name);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What can be proven on the cluster of `KUBECONFIG`, of what somebody asks for. */
function elsewhere(asked: readonly string[]): readonly string[] {
  const foreign = asked.filter((pattern) => !ANYWHERE.some((name) => pattern.includes(name)));
  if (foreign.length > 0)
    throw new Error(
      `${foreign.join(', ')}: this needs a lab, whose nodes pretend or lose their power and whose Flux can be started anew. Run it without KUBECONFIG; with it run: ${ANYWHERE.join(', ')}`,
    );
  return asked.length > 0 ? asked : ANYWHERE.map((name) => `test/lab/${name}.test.ts`);
}

/** Why this machine cannot run a lab; undefined where it can. */
async function whyNot(): Promise<string | undefined> {
  try {
    checkRequirements();
    await prepareBinaries();
    return undefined;
  } catch (error) {
    if (error instanceof LabError) return error.message;
    throw error;
  }
}

/** Jest, for as long as it may take; whether it came to its end. */
async function runTests(folder: string, patterns: readonly string[]): Promise<boolean> {
  const jest = join(require.resolve('jest/package.json'), '..', 'bin', 'jest.js');
  const output = ['--json', `--outputFile=${join(folder, 'counts.json')}`];
  const child = spawn(
    process.execPath,
    [jest, '--config', join(__dirname, 'jest.config.js'), '--runInBand', ...output, ...patterns],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        [LAB_NAMES]: String(process.pid),
        [PROOF_FOLDER]: join(folder, 'proof'),
      },
    },
  );
  const stop = (): unknown => child.kill('SIGKILL');
  const timer = setTimeout(stop, SECONDS * 1000);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  return code !== null;
}

function readCounts(file: string): Counts | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Counts) : undefined;
}

function report(isWhole: boolean, counts: Counts | undefined): void {
  if (!isWhole) print(`The tests on the lab did not come to their end within ${SECONDS / 60} minutes.`);
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0 } = counts ?? {};
  print(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped on the lab`);
  const isGood = isWhole && numPassedTests > 0 && numFailedTests === 0;
  if (!isGood || counts?.numRuntimeErrorTestSuites !== 0) process.exitCode = 1;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
