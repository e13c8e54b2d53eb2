import { Command } from 'commander';

const examples = `
Examples:
  # A repository from nothing: one cluster, one chart, a test, CI
  $ fluxwright init our-estate
  $ cd our-estate && git init && npm install && npm run synth && npm test`;

/** `fluxwright init`: a working repository from nothing. */
export function initCommand(): Command {
  return new Command('init')
    .summary('make a new repository that works')
    .description(
      'Make a repository with one cluster, one chart, a test and CI. What is there already is never overwritten.',
    )
    .argument('[folder]', 'where it goes', '.')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', examples)
    .action((folder: string, options: { readonly json?: true }) =>
      (require('./run-init') as typeof import('./run-init')).runInit(folder, options),
    );
}
