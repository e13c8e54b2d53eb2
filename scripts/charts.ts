/**
 * Checks the Helm charts in dist/charts, or those named, packs them, and pushes them where asked.
 *
 *   npm run charts                                        check every chart, and say what its package is
 *   npm run charts -- --push ghcr.io/somebody             and push to oci://ghcr.io/somebody/charts
 *   npm run charts -- --packages out hello-producer       and write out/hello-producer-0.1.0.tgz, for `helm install`
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { program } from 'commander';
import {
  type ChartFolder,
  ChartProblem,
  chartNames,
  chartProblems,
  packageChart,
  pushChart,
  readChart,
} from '../src/helm';
import { ImageError } from '../src/images';
import { projectRegistry } from '../src/pipeline';

interface Options {
  readonly push?: string;
  readonly insecure?: boolean;
  readonly packages?: string;
}

const folder = join(__dirname, '..', 'dist', 'charts');

program
  .name('npm run charts --')
  .argument('[names...]', 'charts that npm run synth wrote into dist/charts', chartNames(folder))
  .option('--push <registry>', 'push to this registry, which may be followed by a path: ghcr.io/somebody')
  .option('--insecure', 'speak plain HTTP with a registry that is not on this machine')
  .option('--packages <folder>', 'write a .tgz of each')
  .action(main)
  .parseAsync()
  .catch((error: unknown) => {
    if (!(error instanceof ImageError || error instanceof ChartProblem)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  });

async function main(names: readonly string[], options: Options): Promise<void> {
  const charts = names.map((name) => readChart(folder, name));
  for (const chart of charts) lint(chart);
  for (const chart of charts) {
    const { file, digest, bytes } = await packageChart(chart);
    console.log(`${file}  ${digest}  ${bytes.length} bytes`);
    if (options.packages !== undefined) keep(options.packages, file, bytes);
    if (options.push !== undefined) await push(chart, options.push, options.insecure ?? false);
  }
}

/** Nothing is pushed before everything was found right. */
function lint(chart: ChartFolder): void {
  const problems = [...chartProblems(chart, projectRegistry('imports')), ...helmLint(chart)];
  if (problems.length === 0) return;
  throw new ChartProblem(
    `the chart ${chart.name} is not right:\n${problems.map((line) => `  ${line}`).join('\n')}`,
  );
}

/** Helm's own verdict, where Helm is. */
function helmLint({ name }: ChartFolder): string[] {
  const { error, status, stdout } = spawnSync('helm', ['lint', '--strict', join(folder, name)], {
    encoding: 'utf8',
  });
  return error || status === 0 ? [] : [`helm lint: ${stdout.trim()}`];
}

function keep(to: string, file: string, bytes: Buffer): void {
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, file), bytes);
}

async function push(chart: ChartFolder, registry: string, insecure: boolean): Promise<void> {
  const { reference, uploaded } = await pushChart(chart, registry, { insecure });
  console.log(`  pushed oci://${reference}: ${uploaded} of 2 blobs were new`);
}
