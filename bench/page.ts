import { cpus } from 'node:os';
import type { Size } from './measure';

/** One line of the table: whole processes, each in a fresh folder. */
export interface Row extends Size {
  readonly ours_ms: number;
  readonly cdk8s_ms: number;
  readonly validate_dump_ms: number;
  readonly ours_rss_mib: number;
}

/** The rows as Markdown. */
export function table(rows: readonly Row[]): string {
  const head =
    '| objects | charts | Fluxwright ms | MiB | cdk8s synth ms | validate and dump ms | cdk8s / ours | validate / ours |';
  const lines = rows.map((row) => {
    const { objects, charts, ours_ms, ours_rss_mib, cdk8s_ms, validate_dump_ms } = row;
    const ratios = [cdk8s_ms / ours_ms, validate_dump_ms / ours_ms].map((ratio) => ratio.toFixed(1));
    return `| ${[objects, charts, ours_ms, ours_rss_mib, cdk8s_ms, validate_dump_ms, ...ratios].join(' | ')} |`;
  });
  return `${[head, head.replaceAll(/[^|]+/g, '---'), ...lines].join('\n')}\n`;
}

/** `docs/performance.md`, with the figures of a run in it. */
export function page(rows: readonly Row[], others: { readonly [what: string]: number }): string {
  const [model = 'unknown'] = cpus().map((cpu) => cpu.model.trim());
  const lines = Object.entries(others).map(([what, time]) => `| ${what} | ${(time / 1000).toFixed(2)} |`);
  return `# Performance

Written by \`npm run bench -- --write\`; \`-- --json\` prints the rows alone. Read the ratios: the seconds depend on the
machine, and on what else it does.

${about}

## Measured

On ${cpus().length} cores (${model}), Node ${process.version}:

${table(rows)}
| what else | seconds |
| --- | --- |
${lines.join('\n')}

${verdict(rows)}
`;
}

/** What has to hold, and whether it did. */
function verdict(rows: readonly Row[]): string {
  const [small, large] = [find(rows, 1_000, 100), find(rows, 10_000, 1_000)];
  const [thin, wide] = [find(rows, 1_000, 1_000), find(rows, 10_000, 10_000)];
  const goals: readonly (readonly [what: string, found: number, holds: boolean])[] = [
    [
      'at least 5 times faster than `cdk8s synth`',
      large.cdk8s_ms / large.ours_ms,
      5 * large.ours_ms <= large.cdk8s_ms,
    ],
    [
      'no slower than validate and dump',
      large.validate_dump_ms / large.ours_ms,
      large.ours_ms <= large.validate_dump_ms,
    ],
    [
      '10 times the objects in at most 12 times the time',
      large.ours_ms / small.ours_ms,
      large.ours_ms <= 12 * small.ours_ms,
    ],
    ['the same, one object a chart', wide.ours_ms / thin.ours_ms, wide.ours_ms <= 12 * thin.ours_ms],
    ['10,000 objects in less than 300 MiB', large.ours_rss_mib, large.ours_rss_mib < 300],
  ];
  const lines = goals.map(
    ([what, found, holds]) => `| ${what} | ${found.toFixed(1)} | ${holds ? 'yes' : '**no**'} |`,
  );
  return ['| what has to hold | measured | holds |', '| --- | --- | --- |', ...lines].join('\n');
}

function find(rows: readonly Row[], objects: number, charts: number): Row {
  const row = rows.find((one) => one.objects === objects && one.charts === charts);
  if (!row) throw new Error(`${objects} objects in ${charts} charts were not measured`);
  return row;
}

const about = `## What is compared

Whole processes, from the start of Node to its end, each in a fresh folder (in memory where
the machine has one), over the same objects: half Deployments,
half Services, as plain data.

| program | what it does | files |
| --- | --- | --- |
| Fluxwright | render, link, order, judge as an API server would and by every rule, lay out, write atomically | one an object, and Flux's own |
| \`cdk8s synth\` | render, as its command line does it; nothing is linked and nothing is checked | one a chart |
| validate and dump | what kosko does: kubernetes-models' JSON schemas for every object, then js-yaml; no objects refer to each other | one a chart |

The others write a tenth of the files: that is how their users run them. Ours is the built library, as a package
has it. A run that takes longer than a minute is stopped, and counts as a minute.`;
