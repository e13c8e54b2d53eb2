import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Finding, ObstacleId } from '../estate';
import { git } from './git';
import type { Answer } from './git';

/** What was committed before: the files of the output folder at one revision. Empty where there is nothing. */
export interface PreviousTree {
  /** Path relative to the output folder → the id that git knows its content by. */
  readonly files: ReadonlyMap<string, string>;
  /** A folder of the repository; what is read later is read from there. */
  readonly folder: string;
  /** Why a revision that should be there cannot be read. */
  readonly findings: readonly Finding[];
}

/** What git says where there is no repository, and where it has no commit yet. */
const NO_REPOSITORY = /not a git repository/;
const NO_GIT = /ENOENT/;
const NO_REVISION = /Not a valid object name|unknown revision|bad revision|Not a tree object/i;

/**
 * Reads which files of a folder are committed, and under which ids. Outside a repository, before the first
 * commit and where the folder is not committed there are none.
 *
 * @param base a revision or branch; in CI the branch that a pull request aims at
 */
export function previousTree(folder: string, base = 'HEAD'): PreviousTree {
  const { existing, rest } = nearest(resolve(folder), '');
  const args = ['ls-tree', '-r', '-z', base, ...(rest === '' ? [] : [rest])];
  const answer: Answer = base.startsWith('-') ? { error: 'unknown revision' } : git(existing, args);
  const files = 'output' in answer ? parse(answer.output, rest) : new Map<string, string>();
  const wrong = 'error' in answer ? problems(existing, answer.error, base) : [];
  const findings = files.size === 0 && wrong.length === 0 ? ignored(existing, rest) : wrong;
  return { folder: existing, files, findings };
}

/** Where nothing is committed, nothing may ever be: many a `.gitignore` names what is built, and this is not. */
function ignored(folder: string, rest: string): Finding[] {
  const answer = git(folder, ['check-ignore', '--verbose', '--', `${rest}kustomization.yaml`]);
  const [, file = '', line, rule = ''] =
    ('output' in answer && /^(.*?):(\d+):(.*)\t/.exec(answer.output.toString('utf8'))) || [];
  if (line === undefined || rule.startsWith('!')) return [];
  const frame = { file: resolve(repositoryOf(folder) ?? folder, file), line: Number(line), column: 1 };
  return [
    {
      rule: 'output-ignored' satisfies ObstacleId,
      severity: 'warning',
      message: `git ignores the output: '${rule}' in ${file} keeps it from being committed, so Flux never sees it, and moves and removals cannot be checked`,
      fix: 'remove that line: Flux reads what is committed',
      origin: { construct: '', frames: [frame] },
    },
  ];
}

/** The folder may have been deleted, or be a file by mistake: git is asked in the nearest one that exists. */
function nearest(folder: string, rest: string): { existing: string; rest: string } {
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (isFolder || dirname(folder) === folder) return { existing: folder, rest };
  return nearest(dirname(folder), rest === '' ? `${basename(folder)}/` : join(basename(folder), rest));
}

/** Lines of `<mode> <type> <id>\t<path>`, relative to where git was asked. Links and submodules are left out. */
function parse(output: Buffer, prefix: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const line of output.toString('utf8').split('\0')) {
    const match = /^100\d+ blob ([0-9a-f]+)\t([^]+)$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined)
      files.set(match[2].slice(prefix.length), match[1]);
  }
  return files;
}

/** That there is nothing yet is no problem, unless somebody asked for it by name. */
function problems(folder: string, error: string, base: string): Finding[] {
  const isUnknown = NO_REVISION.test(error);
  const noGit = NO_GIT.test(error);
  const isNew = isUnknown || NO_REPOSITORY.test(error) || (noGit && repositoryOf(folder) === undefined);
  if (base === 'HEAD' && isNew) return [];
  return [isUnknown ? unknownBase(base) : unreadable(noGit ? 'git is not installed' : error)];
}

function repositoryOf(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  return dirname(folder) === folder ? undefined : repositoryOf(dirname(folder));
}

function unknownBase(base: string): Finding {
  return {
    rule: 'base-unknown' satisfies ObstacleId,
    severity: 'error',
    message: `there is no revision '${base}' to compare with`,
    fix: `fetch it (git fetch origin ${base.replace(/^origin\//, '')}; in CI with the full history), or name another one with --base`,
  };
}

function unreadable(error: string): Finding {
  return {
    rule: 'base-unreadable' satisfies ObstacleId,
    severity: 'error',
    message: `git cannot tell what was committed before: ${error}`,
    fix: 'make git work in this folder: without the previous state moves and removals cannot be checked',
  };
}
