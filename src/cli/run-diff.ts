import { diffJson, diffSince, diffText } from '../diff';
import { isColored } from '../report/color';
import type { DiffOptions } from './diff';
import { reportFindings } from './output';
import { compileProject } from './project';

/** Compare the estate with the committed one. */
export async function runDiff({ exitCode, json, ...options }: DiffOptions): Promise<void> {
  const { findings, previous, tree, registry } = await compileProject(options);
  // Without a committed state everything would look new: the reason is all there is to say.
  if (previous.findings.length > 0) return reportFindings(previous.findings);
  reportFindings(findings.filter(({ severity }) => severity === 'error'));
  const changes = diffSince(previous, tree, registry);
  process.stdout.write(json ? diffJson(changes) : diffText(changes, { color: isColored(process.stdout) }));
  if (exitCode && changes.length > 0) process.exitCode = 1;
}
