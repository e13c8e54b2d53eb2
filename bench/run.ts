import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measure, type Program, type Size } from './measure';
import { page, type Row, table } from './page';
import { measureWatch } from './watch';

const program = (name: string): string => join(__dirname, 'programs', `${name}.cjs`);

const ours: Program = { name: 'fluxwright', command: () => [process.execPath, program('fluxwright')] };
const validateDump: Program = {
  name: 'validate-dump',
  command: () => [process.execPath, program('validate-dump')],
};
const cdk8s: Program = {
  name: 'cdk8s',
  command: (out) => {
    const cli = join(__dirname, '..', 'node_modules', '.bin', 'cdk8s');
    return [
      cli,
      'synth',
      '--no-check-upgrade',
      '--output',
      out,
      '--app',
      `${process.execPath} ${program('cdk8s')}`,
    ];
  },
};

const sizes: readonly Size[] = [
  { objects: 100, charts: 10 },
  { objects: 1_000, charts: 100 },
  { objects: 10_000, charts: 1 },
  { objects: 10_000, charts: 1_000 },
  { objects: 1_000, charts: 1_000 },
  { objects: 10_000, charts: 10_000 },
];

void main(process.argv);

async function main(args: readonly string[]): Promise<void> {
  runInRoot('npm', 'run', '--silent', 'build');
  const json = args.includes('--json');
  const rows: Row[] = [];
  for (const size of sizes) {
    rows.push(await rowOf(size));
    if (!json) process.stderr.write(`${size.objects} objects in ${size.charts} charts measured\n`);
  }
  process.stdout.write(json ? `${JSON.stringify({ rows }, null, 2)}\n` : table(rows));
  if (args.includes('--write')) writeFileSync(pageFile, page(rows, await others()));
}

const pageFile = join(__dirname, '..', 'docs', 'performance.md');

async function rowOf(size: Size): Promise<Row> {
  const own = await measure(ours, size, 5);
  return {
    ...size,
    ours_ms: Math.round(own.milliseconds),
    cdk8s_ms: Math.round((await measure(cdk8s, size, 3)).milliseconds),
    validate_dump_ms: Math.round((await measure(validateDump, size, 5)).milliseconds),
    ours_rss_mib: Math.round(own.mebibytes),
  };
}

/** What is no comparison, in milliseconds. */
async function others(): Promise<{ readonly [what: string]: number }> {
  return {
    'one line changed under `fluxwright synth --watch`, 10,000 objects in 1,000 charts': await measureWatch({
      objects: 10_000,
      charts: 1_000,
    }),
    '`npm run synth` of this repository': best(() => runInRoot('npm', 'run', '--silent', 'synth')),
    'type check of this repository (`npx tsc --noEmit`)': best(() => runInRoot('npx', 'tsc', '--noEmit')),
  };
}

function best(run: () => void): number {
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}

function runInRoot(command: string, ...args: readonly string[]): void {
  execFileSync(command, args, { cwd: join(__dirname, '..'), stdio: ['ignore', 'ignore', 'inherit'] });
}
