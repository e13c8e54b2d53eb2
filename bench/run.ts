import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { measure, type Program, type Size } from './measure';

/** One line of the table: whole processes, each in a fresh folder. */
interface Row extends Size {
  readonly ours_ms: number;
  readonly cdk8s_ms: number;
  readonly validate_dump_ms: number;
  readonly ours_rss_mib: number;
}

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

main(process.argv.includes('--json'));

function main(json: boolean): void {
  execFileSync('npm', ['run', '--silent', 'build'], {
    cwd: join(__dirname, '..'),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (!existsSync(join(__dirname, '..', 'lib', 'index.js')))
    throw new Error('the library was not built: call npm run build');
  const rows = sizes.map((size) => {
    const row = rowOf(size);
    if (!json) process.stderr.write(`${size.objects} objects in ${size.charts} charts measured\n`);
    return row;
  });
  process.stdout.write(json ? `${JSON.stringify({ rows }, null, 2)}\n` : table(rows));
}

function rowOf(size: Size): Row {
  const own = measure(ours, size, 5);
  return {
    ...size,
    ours_ms: Math.round(own.milliseconds),
    cdk8s_ms: Math.round(measure(cdk8s, size, 3).milliseconds),
    validate_dump_ms: Math.round(measure(validateDump, size, 5).milliseconds),
    ours_rss_mib: Math.round(own.mebibytes),
  };
}

function table(rows: readonly Row[]): string {
  const head =
    '| objects | charts | Fluxwright ms | MiB | cdk8s synth ms | validate and dump ms | cdk8s / ours | validate / ours |';
  const lines = rows.map((row) => {
    const cells = [
      row.objects,
      row.charts,
      row.ours_ms,
      row.ours_rss_mib,
      row.cdk8s_ms,
      row.validate_dump_ms,
    ];
    const ratios = [row.cdk8s_ms / row.ours_ms, row.validate_dump_ms / row.ours_ms].map((ratio) =>
      ratio.toFixed(1),
    );
    return `| ${[...cells, ...ratios].join(' | ')} |`;
  });
  return `${[head, head.replaceAll(/[^|]+/g, '---'), ...lines].join('\n')}\n`;
}
