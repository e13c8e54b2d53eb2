import { rules } from '../check/rules';
import type { Finding } from '../estate';
import { isBroken } from '../pipeline';
import { type Format, report } from '../report';
import { version } from './version';

/** Print findings to standard output, and have the process exit with 1 if one of them is an error. */
export function printFindings(findings: readonly Finding[], format: Format): void {
  const text = report(findings, format, { rules, version, color: process.stdout.isTTY });
  if (text !== '') process.stdout.write(`${text}\n`);
  if (isBroken(findings)) process.exitCode = 1;
}

/** Print a value as JSON. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}
