import type { Finding } from '../estate';
import { isBroken, type Synthesis } from '../pipeline';
import { type Format, report } from '../report';
import { isColored } from '../report/color';
import { locate } from '../report/locate';
import { findingsText } from '../report/text';
import { version } from './version';

/** Print findings to standard output, and have the process exit with 1 if one of them is an error. */
export function printFindings(findings: readonly Finding[], format: Format): void {
  const { rules } = require('../check/rules') as typeof import('../check/rules');
  const text = report(findings, format, { rules, version, color: isColored(process.stdout) });
  if (text !== '') process.stdout.write(`${text}\n`);
  if (isBroken(findings)) process.exitCode = 1;
}

/** The same on standard error, for commands whose standard output is something else. */
export function reportFindings(findings: readonly Finding[]): void {
  if (findings.length > 0)
    process.stderr.write(`${findingsText(locate(findings), { color: isColored(process.stderr) })}\n`);
  if (isBroken(findings)) process.exitCode = 1;
}

/** Print a value as JSON. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** What a program wants to know of a synthesis. */
export function synthesisJson({ report, findings }: Pick<Synthesis, 'findings' | 'report'>): unknown {
  const { written = [], removed = [], unchanged = 0, repaired = false } = report ?? {};
  return { written, removed, unchanged, repaired, findings: locate(findings) };
}
