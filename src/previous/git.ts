import { spawnSync } from 'node:child_process';

/** Hooks set these for the repository that they run in, relative to a folder that is not ours. */
const SET_BY_HOOKS = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_PREFIX'];

const MOST_OUTPUT = 2 ** 31 - 1;

/** What git answered, or why it did not. */
export type Answer = { readonly output: Buffer } | { readonly error: string };

/** Runs git in a folder. Its messages are always English: they are looked at. */
export function git(folder: string, args: readonly string[], input = ''): Answer {
  const unset = Object.fromEntries(SET_BY_HOOKS.map((name) => [name, undefined]));
  const env = { ...process.env, ...unset, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };
  const result = spawnSync('git', args, { cwd: folder, env, input, maxBuffer: MOST_OUTPUT });
  if (result.error) return { error: result.error.message };
  return result.status === 0 ? { output: result.stdout } : { error: result.stderr.toString().trim() };
}

/**
 * The texts of many blobs, read by one process.
 *
 * @throws where the repository does not hold them
 */
export function readBlobs(folder: string, ids: readonly string[]): ReadonlyMap<string, string> {
  if (ids.length === 0) return new Map();
  const answer = git(folder, ['cat-file', '--batch'], `${ids.join('\n')}\n`);
  if ('error' in answer) throw new Error(`git cannot read what was committed: ${answer.error}`);
  const texts = new Map<string, string>();
  let at = 0;
  for (const id of ids) {
    const lineEnd = answer.output.indexOf(10, at);
    const header = answer.output.toString('utf8', at, lineEnd);
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(header)?.[1];
    if (size === undefined) throw new Error(`git cannot read what was committed: ${header}`);
    at = lineEnd + 1 + Number(size);
    texts.set(id, answer.output.toString('utf8', lineEnd + 1, at));
    at++;
  }
  return texts;
}
