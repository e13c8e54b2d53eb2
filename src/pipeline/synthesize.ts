import { mkdirSync } from 'node:fs';
import type { FluxApp } from '../construct/flux-app';
import type { Finding } from '../estate';
import { opsTree, writeOps } from '../ops';
import { isColored } from '../report/color';
import { locate } from '../report/locate';
import { findingsText } from '../report/text';
import { refused, write, type WriteReport } from '../write';
import { compileApp, type CompileAppOptions, type CompiledApp, isBroken } from './app';

/** What one synthesis may do. */
export interface SynthesisOptions extends CompileAppOptions {
  readonly allowRemoval: boolean;
}

/** What one synthesis did. */
export interface Synthesis {
  readonly compiled: CompiledApp;
  /** What was written; absent where something was wrong before that. */
  readonly report?: WriteReport;
  readonly findings: readonly Finding[];
}

/** Compile an app and, if nothing is wrong, write its folder. */
export function synthesize(app: FluxApp, { allowRemoval, ...options }: SynthesisOptions): Synthesis {
  // `cdk8s synth` removes its output folder first and looks for it afterwards; `dist/` is none of its business.
  if (process.env['CDK8S_OUTDIR']) mkdirSync(app.outdir, { recursive: true });
  const compiled = compileApp(app, options);
  if (isBroken(compiled.findings)) return { compiled, findings: compiled.findings };
  const report = write(compiled.dist, compiled.tree, { allowRemoval, previous: compiled.previous.files });
  const ops = isBroken(report.findings) ? [] : withOps(app, compiled);
  return { compiled, report, findings: [...compiled.findings, ...report.findings, ...ops] };
}

/** Write what the bootstrap needs. */
function withOps({ ops }: FluxApp, { estate }: CompiledApp): Finding[] {
  try {
    writeOps(ops, opsTree(estate.clusters.map(({ info }) => info)));
    return [];
  } catch (cause) {
    const finding = refused(ops, cause, true);
    if (!finding) throw cause;
    return [finding];
  }
}

/** Say on standard error what is wrong, and what became of it; the process is to exit with 1 if nothing was written. */
export function reportSynthesis({ findings, report }: Synthesis): void {
  const stream = process.stderr;
  if (findings.length > 0) stream.write(`${findingsText(locate(findings), { color: isColored(stream) })}\n`);
  if (isBroken(findings)) process.exitCode = 1;
  else if (report && stream.isTTY) stream.write(`${writeSummary(report)}\n`);
}

/** What became of the files, in a line. */
export function writeSummary({ written, removed, unchanged, repaired }: WriteReport): string {
  const mended = repaired ? ', after a run that was interrupted' : '';
  return `${written.length} written, ${removed.length} removed, ${unchanged} unchanged${mended}`;
}
