import { spawn, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FileTree } from '../estate';
import { ESTATE_REPOSITORY } from './mirror/git';
import type { LabPlan } from './plan';
import { LabError } from './wait';

/** The branch that a lab's Flux follows. */
export const BRANCH = 'main';

/** The address of the estate's repository, inside the lab. */
export const ESTATE_URL = `https://git.lab.fluxwright.dev/${ESTATE_REPOSITORY}.git`;

const IDENTITY = 'Fluxwright lab <lab@fluxwright.dev>';

/** Makes the repository that the lab's Flux reads, empty. */
export function createEstateRepository(plan: LabPlan): void {
  const folder = repositoryOf(plan);
  if (existsSync(join(folder, 'HEAD'))) return;
  execFileSync('git', ['init', '--quiet', '--bare', `--initial-branch=${BRANCH}`, folder]);
}

/** Commits a whole tree as the next revision and says its name: nothing of the last one stays. */
export async function commitTree(plan: LabPlan, files: FileTree, message: string): Promise<string> {
  const folder = repositoryOf(plan);
  const parent = headOf(folder);
  await fastImport(folder, [
    `commit refs/heads/${BRANCH}`,
    `committer ${IDENTITY} ${Math.floor(Date.now() / 1000)} +0000`,
    data(message),
    ...(parent ? [`from ${parent}`, 'deleteall'] : []),
    ...[...files].map(([path, text]) => `M 100644 inline ${JSON.stringify(path)}\n${data(text)}`),
    'done\n',
  ]);
  return headOf(folder) ?? '';
}

function repositoryOf({ folder }: LabPlan): string {
  return join(folder, 'git', `${ESTATE_REPOSITORY}.git`);
}

function headOf(folder: string): string | undefined {
  try {
    const args = ['--git-dir', folder, 'rev-parse', '--verify', '--quiet', `refs/heads/${BRANCH}`];
    return execFileSync('git', args, { stdio: ['ignore', 'pipe', 'ignore'] })
      .toString()
      .trim();
  } catch {
    return undefined;
  }
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

async function fastImport(folder: string, commands: readonly string[]): Promise<void> {
  const git = spawn('git', ['--git-dir', folder, 'fast-import', '--quiet', '--done'], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let errors = '';
  git.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  git.stdin.end(commands.join('\n'));
  const code = await new Promise((resolve) => git.once('close', resolve));
  if (code !== 0) throw new LabError(`git cannot take the revision: ${errors}`);
}
