import { Command } from 'commander';

/** `fluxwright synth` */
export function synthCommand(): Command {
  return new Command('synth')
    .description('compile the estate and write what has changed into dist/')
    .option('--app <file>', 'the program that builds the estate (default: what cdk8s.yaml names, or main.ts)')
    .option('--base <revision>', 'what the previous estate is, e.g. origin/main (default: HEAD)')
    .option('--allow-removal', 'remove more than five objects at once', false)
    .option('--watch', 'synthesize again whenever a source file changes', false)
    .action((options: SynthOptions) =>
      (require('./run-synth') as typeof import('./run-synth')).runSynth(options),
    );
}

export interface SynthOptions {
  readonly app?: string;
  readonly base?: string;
  readonly allowRemoval: boolean;
  readonly watch: boolean;
}
