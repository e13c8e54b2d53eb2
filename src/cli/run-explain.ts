import type { Rule } from '../check';
import { rules } from '../check/rules';
import { type Obstacle, obstacles } from '../estate';
import { nearest } from '../schema/nearest';
import { UsageError } from './usage-error';
import { printJson } from './output';
import { colorsOf } from '../report/color';

const colors = colorsOf(process.stdout);

/** What a finding can be named after. */
type Topic = Rule | Obstacle;

const topics: readonly Topic[] = [...rules, ...obstacles];

/** Explain one rule, or list them all. */
export function runExplain(id: string | undefined, { json }: { readonly json?: true }): void {
  if (json) return printJson((id === undefined ? topics : [find(id)]).map(plain));
  process.stdout.write(id === undefined ? list(topics) : page(find(id)));
}

function find(id: string): Topic {
  const topic = topics.find((one) => one.id === id);
  if (topic) return topic;
  const near = nearest(
    id,
    topics.map((one) => one.id),
  );
  const hint = near === undefined ? 'call `fluxwright explain` for a list' : `did you mean ${near}?`;
  throw new UsageError(`there is no rule ${id}: ${hint}`);
}

function plain(topic: Topic): object {
  const { check: _, ...rest } = { check: undefined, ...topic };
  return rest;
}

function list(all: readonly Topic[]): string {
  const width = Math.max(...all.map(({ id }) => id.length));
  return all.map(({ id, title }) => `${colors.bold(id.padEnd(width))}  ${title}\n`).join('');
}

function page(topic: Topic): string {
  const { id, title, why } = topic;
  const head = `${colors.bold(id)}: ${title}`;
  return 'check' in topic ? `${head}\n${rulePage(topic)}` : `${head}\n(error)\n\n${why}\n`;
}

function rulePage({ id, severity, why, bad, good }: Rule): string {
  const usual =
    typeof severity === 'string' ? severity : `${severity.lean} on lean clusters, ${severity.ha} on ha ones`;
  const silence = `ignore(object, '${id}', 'the reason')            in TypeScript\nignore.fluxwright.dev/${id}: the reason   as an annotation`;
  return `(${usual})\n\n${why}\n\n${block('Wrong', bad)}${block('Right', good)}${block('To silence it for one object', silence)}`;
}

function block(name: string, text: string): string {
  return `${colors.bold(name)}\n\n${indent(text)}\n\n`;
}

function indent(text: string): string {
  return text.trim().replaceAll(/^/gm, '    ');
}
