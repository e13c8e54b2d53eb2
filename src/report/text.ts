import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { createColors } from 'picocolors';
import type { Colors } from './color';
import { describe, type Finding, type Frame, type Severity } from '../estate';

/**
 * Findings as a compiler prints them: what is wrong with which object, the line that made it, and what to write
 * instead.
 */
export function findingsText(findings: readonly Finding[], { color }: { readonly color: boolean }): string {
  const paint = createColors(color);
  return [...findings.map((finding) => findingText(finding, paint)), summary(findings, paint)].join('\n');
}

/** One finding as a compiler prints it. */
export function findingText(finding: Finding, paint: Colors): string {
  const [frame, ...outer] = finding.origin?.frames ?? [];
  const lines = [
    `${headline(finding, paint)} ${finding.message}`,
    ...(finding.object ? [`  ${paint.dim('in')}  ${place(finding)}`] : []),
    ...(frame ? [`  ${paint.dim('at')}  ${frameText(frame)}`, ...excerpt(frame, paint)] : []),
    ...outer.slice(0, 1).map((caller) => `  ${paint.dim('by')}  ${frameText(caller)}`),
    `  ${paint.dim('fix')} ${finding.fix.replaceAll('\n', '\n      ')}`,
  ];
  return `${lines.join('\n')}\n`;
}

function headline({ severity, rule }: Finding, paint: Colors): string {
  const paints: { readonly [severity in Severity]: (text: string) => string } = {
    error: paint.red,
    warning: paint.yellow,
    note: paint.cyan,
  };
  return paint.bold(paints[severity](`${severity}[${rule}]`));
}

function place({ cluster, object, path }: Finding): string {
  const name = object ? describe(object) : '';
  return `${cluster === undefined ? '' : `${cluster}: `}${name}${path === undefined ? '' : `, ${path}`}`;
}

function frameText({ file, line, column }: Frame): string {
  const near = relative(process.cwd(), file);
  return `${near.startsWith('..') ? file : near}:${line}:${column}`;
}

function excerpt({ file, line, column }: Frame, paint: Colors): string[] {
  const text = sourceLine(file, line);
  if (text === undefined) return [];
  const shown = text.trimStart();
  const caret = Math.max(column - 1 - (text.length - shown.length), 0);
  const margin = ' '.repeat(String(line).length);
  return [
    `      ${paint.dim(`${line} │`)} ${shown}`,
    `      ${paint.dim(`${margin} │`)} ${' '.repeat(caret)}${paint.red('^')}`,
  ];
}

function sourceLine(file: string, line: number): string | undefined {
  try {
    return readFileSync(file, 'utf8').split('\n')[line - 1];
  } catch {
    return undefined;
  }
}

function summary(findings: readonly Finding[], paint: Colors): string {
  const counts = (['error', 'warning', 'note'] as const).map((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? '' : 's'}`];
  });
  return paint.bold(counts.flat().join(', '));
}
