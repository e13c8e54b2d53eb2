import { relative } from 'node:path';
import { describe, type Finding, type Severity } from '../estate';

const commands: { readonly [severity in Severity]: string } = {
  error: 'error',
  warning: 'warning',
  note: 'notice',
};

/** Findings as the commands that a GitHub workflow shows beside the lines of a pull request. */
export function githubText(findings: readonly Finding[]): string {
  return findings.map(command).join('\n');
}

function command({ rule, severity, message, fix, object, path, origin }: Finding): string {
  const [frame] = origin?.frames ?? [];
  const place = frame
    ? [`file=${property(relative(process.cwd(), frame.file))}`, `line=${frame.line}`, `col=${frame.column}`]
    : [];
  const about = object ? `${describe(object)}${path === undefined ? '' : `, ${path}`}: ` : '';
  const parameters = [...place, `title=${property(rule)}`].join(',');
  return `::${commands[severity]} ${parameters}::${data(`${about}${message}\nFix: ${fix}`)}`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
