import type { Rule } from '../check';
import type { Finding } from '../estate';
import type { Format } from './format';
import { githubText } from './github';
import { locate } from './locate';
import { sarif } from './sarif';
import { findingsText } from './text';

export { type Format, formats } from './format';

/** What a report needs besides the findings. */
export interface ReportContext {
  readonly rules: readonly Rule[];
  readonly version: string;
  readonly color: boolean;
}

/** Findings in a format; empty text where a format says nothing of nothing. */
export function report(findings: readonly Finding[], format: Format, context: ReportContext): string {
  return printers[format](locate(findings), context);
}

const printers: {
  readonly [format in Format]: (findings: readonly Finding[], context: ReportContext) => string;
} = {
  text: (findings, { color }) => (findings.length === 0 ? '' : findingsText(findings, { color })),
  json: (findings) => JSON.stringify({ findings }, null, 2),
  sarif: (findings, { rules, version }) => JSON.stringify(sarif(findings, rules, version), null, 2),
  github: (findings) => githubText(findings),
};
