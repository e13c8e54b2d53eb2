import { relative } from 'node:path';
import type { Frame } from '../estate';
import { findObjects, type Need, type Why, why } from '../why';
import { UsageError } from './usage-error';
import { printJson } from './output';
import { compileProject } from './project';
import type { WhyOptions } from './why';
import { colorsOf } from '../report/color';

const colors = colorsOf(process.stdout);

/** Explain every object that is meant. */
export async function runWhy(
  text: string,
  field: string | undefined,
  { json, ...options }: WhyOptions,
): Promise<void> {
  const { estate, registry } = await compileProject(options);
  const found = findObjects(estate, text, registry);
  if (found.length === 0)
    throw new UsageError(
      `there is no object ${text} in this estate: name it as kind/name or namespace/kind/name`,
    );
  const answers = found.map((one) => why(one, field));
  if (json) printJson(answers);
  else process.stdout.write(answers.map(answerText).join('\n'));
}

function answerText(answer: Why): string {
  const { cluster, object, unit, construct, frames, field, needs, neededBy, elsewhere } = answer;
  return [
    `${colors.bold(object)} ${colors.dim(`in unit ${unit} of cluster ${cluster}`)}`,
    ...(field
      ? [
          `  ${field.path} = ${JSON.stringify(field.value) ?? 'not set'}${field.frame ? `  ${colors.dim('at')} ${place(field.frame)}` : ''}`,
        ]
      : []),
    `  construct  ${construct}`,
    ...frames.map((frame, index) => `  ${index === 0 ? 'made at   ' : '       by '} ${place(frame)}`),
    ...section('needs', needs.map(needText)),
    ...section(
      'from elsewhere',
      elsewhere.map(({ what, path, verdict }) => `${what}  ${colors.dim(`${verdict}, ${path}`)}`),
    ),
    ...section('needed by', neededBy.map(needText)),
    '',
  ].join('\n');
}

function needText({ object, strength, path }: Need): string {
  return `${object}  ${colors.dim(`${strength}, ${path}`)}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => `    ${line}`)];
}

function place({ file, line, column }: Frame): string {
  const near = relative(process.cwd(), file);
  return `${near.startsWith('..') ? file : near}:${line}:${column}`;
}
