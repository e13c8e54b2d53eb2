import { originOfError } from '../construct/origin';
import type { Finding, Frame, ObstacleId } from '../estate';
import type { Format } from '../report';
import { colorsOf } from '../report/color';
import { printFindings, reportFindings } from './output';
import { UsageError } from './usage-error';

/** Turn whatever a project's own code throws into one finding, with the line that threw. */
export function crashFinding(error: unknown): Finding {
  const cause = error instanceof Error ? error : new Error(String(error));
  if (isSyntaxError(cause)) return syntaxFinding(cause);
  const missing = (cause as NodeJS.ErrnoException).code?.endsWith('MODULE_NOT_FOUND') === true;
  const ended = 'the program that builds the estate did not get to its end';
  return {
    rule: (missing ? 'module-not-found' : 'crash') satisfies ObstacleId,
    severity: 'error',
    // Node appends every file that was being loaded: the first frame says it better.
    message: cause.message.replace(/(\nRequire stack:| imported from )[^]*$/, ''),
    fix: missing
      ? 'mend the path of the import, or install the package: npm install'
      : error instanceof Error
        ? `mend the line above: ${ended}`
        : `throw an Error, which knows its line: ${ended}`,
    origin: error instanceof Error ? originOfError(cause) : { construct: '', frames: [] },
  };
}

/**
 * Print an error once, and have the process exit with 1. A command that was asked for its findings in a format gets
 * this one in the same.
 */
export function reportCrash(error: unknown, format: Format | undefined): void {
  process.exitCode = 1;
  const paint = colorsOf(process.stderr);
  if (error instanceof UsageError) process.stderr.write(`${paint.red('error:')} ${error.message}\n`);
  else if (format === undefined || format === 'text') reportFindings([crashFinding(error)]);
  else printFindings([crashFinding(error)], format);
}

interface Located {
  readonly errors?: readonly {
    readonly text: string;
    readonly location?: { readonly file: string; readonly line: number; readonly column: number };
  }[];
}

function isSyntaxError(error: Error): boolean {
  return error.name === 'TransformError' || Array.isArray((error as Located).errors);
}

function syntaxFinding(error: Error): Finding {
  const { text, frame } = placeOf(error);
  return {
    rule: 'syntax' satisfies ObstacleId,
    severity: 'error',
    message: text,
    fix: 'mend the TypeScript at this place',
    origin: { construct: '', frames: frame ? [frame] : [] },
  };
}

/** Where the compiler stopped: it says so beside its message, or only in it. */
function placeOf(error: Error): { readonly text: string; readonly frame?: Frame } {
  const [first] = (error as Located).errors ?? [];
  if (first?.location) {
    const { file, line, column } = first.location;
    return { text: first.text, frame: { file, line, column: column + 1 } };
  }
  const match = /^(.+?):(\d+):(\d+): ERROR: (.+)$/m.exec(error.message);
  if (!match) return { text: error.message };
  const [, file = '', line, column, text = ''] = match;
  return { text, frame: { file, line: Number(line), column: Number(column) + 1 } };
}
