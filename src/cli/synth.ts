import { Command } from 'commander';
import { type CommonOptions, withOptions } from './options';

const examples = `
Examples:
  # Write what has changed; commit dist/ and Flux does the rest
  $ fluxwright synth

  # Again at every save, within moments
  $ fluxwright synth --watch

  # A whole system goes: say so, or nothing is removed
  $ fluxwright synth --allow-removal`;

/** Options of `fluxwright synth`. */
export interface SynthOptions extends CommonOptions {
  readonly allowRemoval: boolean;
  readonly watch: boolean;
  readonly json?: true;
}

/** `fluxwright synth`: the whole pipeline. */
export function synthCommand(): Command {
  return withOptions(new Command('synth'), 'app', 'base', 'json')
    .summary('compile the estate and write what has changed into dist/')
    .description(
      'Compile the estate, check it, and write what has changed into dist/. If anything is wrong, nothing is written.',
    )
    .option('--allow-removal', 'remove more than five objects at once', false)
    .option('--watch', 'synthesize again whenever a source file changes', false)
    .addHelpText('after', examples)
    .action((options: SynthOptions) =>
      (require('./run-synth') as typeof import('./run-synth')).runSynth(options),
    );
}
