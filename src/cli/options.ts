import { type Command, Option } from 'commander';
import { formats } from '../report/format';

/** Options that several commands share, by their names. */
export const shared = {
  app: (): Option =>
    new Option(
      '--app <file>',
      'the program that builds the estate (default: what cdk8s.yaml names, or main.ts)',
    ),
  base: (): Option =>
    new Option('--base <revision>', 'the previous estate, e.g. origin/main (default: HEAD)'),
  format: (): Option =>
    new Option('--format <format>', 'how findings are printed').choices(formats).default('text'),
  json: (): Option => new Option('--json', 'print the result as JSON'),
} as const;

/** Options as a command was given them. */
export interface CommonOptions {
  readonly app?: string;
  readonly base?: string;
}

/** Add shared options to a command. */
export function withOptions(command: Command, ...names: readonly (keyof typeof shared)[]): Command {
  for (const name of names) command.addOption(shared[name]());
  return command;
}
