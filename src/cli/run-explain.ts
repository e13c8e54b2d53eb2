import type { Rule } from '../check';
import { rules } from '../check/rules';
import { nearest } from '../schema/nearest';
import { UsageError } from './usage-error';
import { printJson } from './output';
import { colorsOf } from '../report/color';

const colors = colorsOf(process.stdout);

/** Explain one rule, or list them all. */
export function runExplain(id: string | undefined, { json }: { readonly json?: true }): void {
  const chosen = id === undefined ? rules : [find(id)];
  if (json) return printJson(chosen.map(({ check: _, ...rest }) => rest));
  process.stdout.write(id === undefined ? list(rules) : page(find(id)));
}

function find(id: string): Rule {
  const rule = rules.find((one) => one.id === id);
  if (rule) return rule;
  const near = nearest(
    id,
    rules.map((one) => one.id),
  );
  const hint = near === undefined ? 'call `fluxwright explain` for a list' : `did you mean ${near}?`;
  throw new UsageError(`there is no rule ${id}: ${hint}`);
}

function list(all: readonly Rule[]): string {
  const width = Math.max(...all.map(({ id }) => id.length));
  return all.map(({ id, title }) => `${colors.bold(id.padEnd(width))}  ${title}\n`).join('');
}

function page({ id, title, severity, why, bad, good }: Rule): string {
  const usual =
    typeof severity === 'string' ? severity : `${severity.lean} on lean clusters, ${severity.ha} on ha ones`;
  const silence = `ignore(object, '${id}', 'the reason')            in TypeScript\nignore.fluxwright.dev/${id}: the reason   as an annotation`;
  return `${colors.bold(id)}: ${title}\n(${usual})\n\n${why}\n\n${block('Wrong', bad)}${block('Right', good)}${block('To silence it for one object', silence)}`;
}

function block(name: string, text: string): string {
  return `${colors.bold(name)}\n\n${indent(text)}\n\n`;
}

function indent(text: string): string {
  return text.trim().replaceAll(/^/gm, '    ');
}
