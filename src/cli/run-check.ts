import type { CheckOptions } from './check';
import { printFindings } from './output';
import { compileProject } from './project';

/** Check a project, or a folder of plain YAML. */
export function runCheck(_folder: string | undefined, { format, json, ...options }: CheckOptions): void {
  const { findings } = compileProject(options);
  printFindings(findings, json ? 'json' : format);
}
