import { Command } from 'commander';
import { type CommonOptions, withOptions } from './options';

const examples = `
Examples:
  # Which line makes this Deployment, what it needs, and who needs it
  $ fluxwright why deploy/api

  # Which line says its replicas
  $ fluxwright why shop/deploy/api spec.replicas`;

/** Options of `fluxwright why`. */
export interface WhyOptions extends CommonOptions {
  readonly json?: true;
}

/** `fluxwright why`: where an object comes from, and what hangs on it. */
export function whyCommand(): Command {
  return withOptions(new Command('why'), 'app', 'json')
    .summary('say which line makes an object, what it needs and who needs it')
    .description('Say which construct and line make an object or a field, what it needs, and who needs it.')
    .argument('<object>', 'a name, kind/name, or namespace/kind/name')
    .argument('[field]', 'a field of it, e.g. spec.replicas')
    .addHelpText('after', examples)
    .action((object: string, field: string | undefined, options: WhyOptions) =>
      (require('./run-why') as typeof import('./run-why')).runWhy(object, field, options),
    );
}
