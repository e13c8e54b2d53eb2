import { Command, Option } from 'commander';
import { type CommonOptions, withOptions } from './options';

const graphFormats = ['mermaid', 'dot', 'svg', 'html', 'json'] as const;

const examples = `
Examples:
  # A page to look around in: search, click, hover an arrow for its reason
  $ fluxwright graph --format html > graph.html

  # For a README: GitHub and GitLab draw it
  $ fluxwright graph --cluster production

  # Every object of one cluster, as a drawing
  $ fluxwright graph --cluster production --objects --format svg > production.svg`;

/** Options of `fluxwright graph`. */
export interface GraphCommandOptions extends CommonOptions {
  readonly format: (typeof graphFormats)[number];
  readonly cluster?: string;
  readonly objects: boolean;
  readonly json?: true;
}

/** `fluxwright graph`: what waits for what. */
export function graphCommand(): Command {
  return withOptions(new Command('graph'), 'app', 'json')
    .summary('draw what waits for what')
    .description(
      'Draw the units of the estate, or its objects, and what they need of each other. Each arrow knows the fields that make it.',
    )
    .addOption(new Option('--format <format>', 'what is printed').choices(graphFormats).default('mermaid'))
    .option('--cluster <name>', 'one cluster alone')
    .option('--objects', 'every object rather than every unit', false)
    .addHelpText('after', examples)
    .action((options: GraphCommandOptions) =>
      (require('./run-graph') as typeof import('./run-graph')).runGraph(options),
    );
}
