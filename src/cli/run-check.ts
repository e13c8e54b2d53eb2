import { existsSync } from 'node:fs';
import { checkFolder, type ForeignReport } from '../foreign';
import { projectRegistry } from '../pipeline';
import type { CheckOptions } from './check';
import { printFindings, printJson } from './output';
import { withProgress } from './progress';
import { compileProject } from './project';
import { UsageError } from './usage-error';

/** Check a project, or a folder of plain YAML. */
export async function runCheck(
  folder: string | undefined,
  { format, json, kubernetes, ...options }: CheckOptions,
): Promise<void> {
  const chosen = json ? 'json' : format;
  if (folder === undefined && kubernetes !== undefined)
    throw new UsageError(
      'a cluster of a project says its own version: new Cluster(app, name, { kubernetesVersion })',
    );
  if (folder === undefined) return printFindings((await compileProject(options)).findings, chosen);
  if (!existsSync(folder)) throw new UsageError(`there is no ${folder}`);
  const report = await withProgress(`checking ${folder}`, () =>
    checkFolder(folder, projectRegistry('imports'), kubernetes),
  );
  if (report.clusters.length === 0 && report.findings.length === 0)
    throw new UsageError(
      `${folder} holds no Kubernetes manifests: name a folder of YAML, or a repository of Flux`,
    );
  // What was looked at is said beside the findings, for who wants the findings alone.
  process.stderr.write(summary(report));
  if (chosen !== 'json') return printFindings(report.findings, chosen);
  printJson(report);
  if (report.findings.some(({ severity }) => severity === 'error')) process.exitCode = 1;
}

const mostNamed = 10;

function summary({ clusters }: ForeignReport): string {
  const biggest = clusters.toSorted((left, right) => right.objects - left.objects);
  const lines = biggest.slice(0, mostNamed).map(({ name, units, objects, remote, unused }) => {
    const parts = units > 1 ? `${units} units, ${objects} objects` : `${objects} objects`;
    const unseen = remote.map(({ address }) => address);
    const beyond = unseen.length === 0 ? '' : `; not looked at: ${[...new Set(unseen)].join(', ')}`;
    return `${name}: ${parts}${unused ? ', which nothing here applies' : ''}${beyond}\n`;
  });
  const rest = clusters.length - lines.length;
  return `${lines.join('')}${rest > 0 ? `and ${rest} more\n` : ''}\n`;
}
