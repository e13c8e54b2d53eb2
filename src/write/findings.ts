import { types } from 'node:util';
import type { Finding, ObstacleId } from '../estate';

/** The most paths that a message names; the rest is counted. */
const MOST_NAMED = 10;

/** Somebody else writes into the folder at this moment. */
export function busy(folder: string, holder: string, lock: string): Finding {
  return error(
    'output-busy',
    `another synth is writing ${folder}: ${holder}`,
    `wait until it is done; if none is running, delete ${folder}/${lock}`,
  );
}

/** The folder holds what no run wrote. */
export function foreign(folder: string, paths: readonly string[]): Finding {
  return error(
    'output-foreign-file',
    `${folder} holds ${plural(paths, 'file')} that Fluxwright did not write: ${named(paths)}`,
    'everything in this folder is generated: move it to a folder of YAML and Include it in a chart, or delete it',
  );
}

/** Something stands where a file or folder has to go. */
export function blocked(folder: string, paths: readonly string[]): Finding {
  return error(
    'output-blocked',
    `${folder} has a file, folder or link in the place of something else: ${named(paths)}`,
    'move it out of the folder or delete it',
  );
}

/** More objects would go at once than anybody removes by intent. */
export function massRemoval(folder: string, paths: readonly string[], limit: number): Finding {
  return error(
    'mass-removal',
    `this would remove ${paths.length} objects from ${folder}, more than ${limit} at once: ${named(paths)}`,
    'Flux deletes them from the cluster: if that is meant, run again with --allow-removal',
  );
}

/** The system refused; undefined where the error is not the system's. */
export function refused(folder: string, cause: unknown, changed: boolean): Finding | undefined {
  if (!types.isNativeError(cause) || !('code' in cause)) return undefined;
  const { code = '', path, message } = cause as NodeJS.ErrnoException;
  const state = changed ? 'it is half written, and the next run completes it' : 'nothing was changed';
  return error(
    'output-unwritable',
    `cannot write ${folder}: ${REASONS[code] ?? message} (${path ?? code}); ${state}`,
    'make the folder, and everything in it, readable and writable for you, then run again',
  );
}

const REASONS: { readonly [code: string]: string } = {
  EACCES: 'permission is denied',
  EPERM: 'the operation is not permitted',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a file is in the place of a folder',
  EEXIST: 'a file is in the place of a folder',
  EISDIR: 'a folder is in the place of a file',
  ENOSPC: 'the disk is full',
  ENAMETOOLONG: 'a name is longer than the file system allows',
};

function error(rule: ObstacleId, message: string, fix: string): Finding {
  return { rule, severity: 'error', message, fix };
}

function named(paths: readonly string[]): string {
  const rest = paths.length - MOST_NAMED;
  return paths.slice(0, MOST_NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function plural(paths: readonly string[], noun: string): string {
  return paths.length === 1 ? `a ${noun}` : `${paths.length} ${noun}s`;
}
