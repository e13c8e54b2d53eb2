import { Command } from 'commander';
import { withOptions } from './options';

const examples = `
Examples:
  # The lab that runs on this machine, or the cluster of KUBECONFIG: what is broken, and which line made it
  $ fluxwright status

  # A certain cluster, which is the estate's production
  $ fluxwright status --kubeconfig ~/.kube/production --cluster production

  # In CI, after a deployment: exit code 1 and the reasons as JSON where something is not Ready
  $ fluxwright status --json`;

/** Options of `fluxwright status`. */
export interface StatusOptions {
  readonly app?: string;
  readonly cluster?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly json?: true;
}

/** `fluxwright status`: why a cluster is not Ready, and which line is to blame. */
export function statusCommand(): Command {
  return withOptions(new Command('status'), 'app', 'json')
    .summary('say why a running cluster is not Ready, and which line is to blame')
    .description(
      'Read a cluster and join it with the estate: for everything that is not Ready the first thing that is really broken, the line that made it, and what waits for it. Without a program the committed dist/ is the estate. Nothing is changed; exits with 1 while something is not Ready.',
    )
    .option('--cluster <name>', 'the cluster of the estate that it is (default: the one whose units it has)')
    .option(
      '--kubeconfig <file>',
      'how to reach it (default: KUBECONFIG, the running lab, or ~/.kube/config)',
    )
    .option('--context <name>', 'the context of the kubeconfig (default: the current one)')
    .addHelpText('after', examples)
    .action((options: StatusOptions) =>
      (require('./run-status') as typeof import('./run-status')).runStatus(options),
    );
}
