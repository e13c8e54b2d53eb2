import colors from 'picocolors';
import { originOfError } from '../construct/origin';
import type { Finding } from '../estate';
import { findingsText } from '../report/text';

/** An error whose message says it all: how a command was called, or what it was given. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Turn whatever a project's own code throws into one finding, with the line that threw. */
export function crashFinding(error: unknown): Finding {
  const cause = error instanceof Error ? error : new Error(String(error));
  if (isSyntaxError(cause)) return syntaxFinding(cause);
  return {
    rule: 'crash',
    severity: 'error',
    message: cause.message,
    fix: 'mend the line above: the program that builds the estate did not get to its end',
    origin: originOfError(cause),
  };
}

/** Print an error once, and leave with 1. */
export function reportCrash(error: unknown): void {
  process.exitCode = 1;
  if (error instanceof UsageError) process.stderr.write(`${colors.red('error:')} ${error.message}\n`);
  else process.stderr.write(`${findingsText([crashFinding(error)], { color: process.stderr.isTTY })}\n`);
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
  const [first] = (error as Located).errors ?? [];
  const { file, line, column } = first?.location ?? { file: '', line: 1, column: 0 };
  return {
    rule: 'syntax',
    severity: 'error',
    message: first?.text ?? error.message,
    fix: 'mend the TypeScript at this place',
    origin: { construct: '', frames: first?.location ? [{ file, line, column: column + 1 }] : [] },
  };
}
