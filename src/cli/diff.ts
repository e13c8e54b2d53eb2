import { Command } from 'commander';
import { type CommonOptions, withOptions } from './options';

const examples = `
Examples:
  # What this working tree would change in the clusters, against the last commit
  $ fluxwright diff

  # What a pull request changes, for a comment on it
  $ fluxwright diff --base origin/main

  # Fail in CI where somebody forgot to synthesize
  $ fluxwright diff --exit-code`;

/** Options of `fluxwright diff`. */
export interface DiffOptions extends CommonOptions {
  readonly exitCode: boolean;
  readonly json?: true;
}

/** `fluxwright diff`: what would change, object by object. */
export function diffCommand(): Command {
  return withOptions(new Command('diff'), 'app', 'base', 'json')
    .summary('say what would change in the clusters, object by object')
    .description(
      'Say what differs between this estate and the committed one, object by object and field by field. Lists are compared by their keys, values of Secrets are masked, and an object in another unit has moved. Nothing is written.',
    )
    .option('--exit-code', 'exit with 1 if anything differs', false)
    .addHelpText('after', examples)
    .action((options: DiffOptions) =>
      (require('./run-diff') as typeof import('./run-diff')).runDiff(options),
    );
}
