import { Command } from 'commander';
import { withOptions } from './options';

/** `fluxwright explain`: what a rule wants, and why. */
export function explainCommand(): Command {
  return withOptions(new Command('explain'), 'json')
    .summary('say what a rule wants, and why')
    .description('Say what a rule wants, why, and what to write. Without a rule: all of them, a line each.')
    .argument('[rule]', 'the name between the brackets of a finding')
    .addHelpText(
      'after',
      '\nExamples:\n  # What is wrong with a reference to nothing\n  $ fluxwright explain dangling-reference',
    )
    .action((rule: string | undefined, options: { json?: true }) =>
      (require('./run-explain') as typeof import('./run-explain')).runExplain(rule, options),
    );
}
