import { Command } from 'commander';
import type { ImportReport } from '../import/import-sources';

const EXAMPLES = `
Examples:
  # Constructs and schemas for the kinds of an operator
  $ fluxwright import https://example.com/operator/crds.yaml

  # The kinds of your own cluster, in its version
  $ kubectl get --raw /openapi/v2 > cluster.json && fluxwright import cluster.json

  # Typed values for a chart
  $ helm pull oci://ghcr.io/stefanprodan/charts/podinfo --version 6.7.1
  $ fluxwright import podinfo-6.7.1.tgz`;

/** `fluxwright import`: generates constructs, value types and schemas from what somebody else publishes. */
export function importCommand(): Command {
  return new Command('import')
    .summary('generate typed constructs from CRDs, an OpenAPI or charts')
    .description(
      'Generate typed constructs and schemas from CRDs or the OpenAPI of a cluster, and typed values from charts, with the kinds of their crds folders.',
    )
    .argument('<sources...>', 'files, folders or URLs of CRDs; an OpenAPI; chart folders or .tgz')
    .option('--into <folder>', 'where the generated files go', 'imports')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', EXAMPLES)
    .action(run);
}

interface Options {
  readonly into: string;
  readonly json?: true;
}

async function run(sources: string[], { into, json }: Options, command: Command): Promise<void> {
  const { importSources } = require('../import/import-sources') as typeof import('../import/import-sources');
  try {
    const report = await importSources(sources, { into });
    process.stdout.write(json ? `${JSON.stringify(report, undefined, 2)}\n` : text(report, into));
  } catch (error) {
    command.error(`error: ${(error as Error).message}`);
  }
}

function text({ kinds, charts, modules }: ImportReport, into: string): string {
  const counts = [count(kinds.length, 'kind'), count(charts.length, 'chart')].filter((part) => part !== '');
  return `Imported ${counts.join(' and ')}:\n${modules.map((module) => `  ${into}/${module}\n`).join('')}`;
}

function count(number: number, noun: string): string {
  if (number === 0) return '';
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
