import { compileApp } from '../pipeline';
import type { CheckOptions } from './check';
import { printFindings } from './output';
import { loadApp } from './project';

/** Check a project, or a folder of plain YAML. */
export function runCheck(folder: string | undefined, { app, base, format, json }: CheckOptions): void {
  const { findings } = compileApp(loadApp(app ?? folder), base === undefined ? {} : { base });
  printFindings(findings, json ? 'json' : format);
}
