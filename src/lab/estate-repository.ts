import { spawn, execFileSync } from 'node:child_process';
import { existsSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { FileTree } from '../estate';
import type { FollowedBranch } from './flux';
import { ESTATE_REPOSITORY } from './mirror/git';
import type { LabPlan } from './plan';
import { LabError } from './wait';

/** The branch that a lab's Flux follows. */
export const BRANCH = 'main';

/** The address of the estate's repository, inside the lab. */
export const ESTATE_URL = addressOf(ESTATE_REPOSITORY);

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

/** A repository of the user's, as a lab's Flux can follow it. */
export interface RepositoryFound extends FollowedBranch {
  readonly folder: string;
  /** The folder of the cluster in it, on this machine. */
  readonly clusterFolder: string;
  /** Whether what is in that folder is what is committed: Flux sees nothing else. */
  readonly isCommitted: boolean;
}

/** Lets a lab's git server serve the repository around a folder, if it has the cluster's. */
export function followRepository(
  plan: LabPlan,
  folder: string,
  cluster: string,
): RepositoryFound | undefined {
  const top = gitAnswer(folder, ['rev-parse', '--show-toplevel']);
  const branch = gitAnswer(folder, ['symbolic-ref', '--short', 'HEAD']);
  const own = join(folder, 'dist', cluster, 'flux-system');
  if (top === undefined || branch === undefined || !existsSync(own)) return undefined;
  const link = join(plan.folder, 'git', `${USER_REPOSITORY}.git`);
  rmSync(link, { force: true });
  symlinkSync(gitAnswer(folder, ['rev-parse', '--absolute-git-dir']) ?? '', link);
  const changes = gitAnswer(folder, ['status', '--porcelain', '--', dirname(own)]);
  return {
    folder: top,
    clusterFolder: dirname(own),
    isCommitted: changes === '',
    url: addressOf(USER_REPOSITORY),
    branch,
    path: `./${relative(top, own)}`,
  };
}

const USER_REPOSITORY = 'repository';

function addressOf(repository: string): string {
  return `https://git.lab.fluxwright.dev/${repository}.git`;
}

function gitAnswer(folder: string, args: readonly string[]): string | undefined {
  try {
    const options = { stdio: ['ignore', 'pipe', 'ignore'] as ['ignore', 'pipe', 'ignore'] };
    return execFileSync('git', ['-c', 'safe.directory=*', '-C', folder, ...args], options)
      .toString()
      .trim();
  } catch {
    return undefined;
  }
}

function repositoryOf({ folder }: LabPlan): string {
  return join(folder, 'git', `${ESTATE_REPOSITORY}.git`);
}

function headOf(folder: string): string | undefined {
  return gitAnswer(folder, ['rev-parse', '--verify', '--quiet', `refs/heads/${BRANCH}`]);
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}`;
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
