import { Command, InvalidArgumentError } from 'commander';
import type { Format } from '../report/format';
import { type CommonOptions, withOptions } from './options';

const examples = `
Examples:
  # This project, as it would be synthesized; nothing is written
  $ fluxwright check

  # What a pull request changes, as annotations of its lines
  $ fluxwright check --base origin/main --format github

  # Plain YAML that somebody else wrote: a folder of manifests, or a repository that Flux reads
  $ fluxwright check ../our-flux-repository

  # What of it the next Kubernetes does not serve any more
  $ fluxwright check ../our-flux-repository --kubernetes 1.36`;

/** Options of `fluxwright check`. */
export interface CheckOptions extends CommonOptions {
  readonly format: Format;
  readonly json?: true;
  /** Of a folder; a project says it of each of its clusters. */
  readonly kubernetes?: string;
}

function kubernetesVersion(text: string): string {
  if (/^v?\d+\.\d+(\.\d+)?$/.test(text)) return text.replace(/^v/, '');
  throw new InvalidArgumentError('Write a version of Kubernetes, e.g. 1.36.');
}

/** `fluxwright check`: every rule, nothing written. */
export function checkCommand(): Command {
  return withOptions(new Command('check'), 'app', 'base', 'format', 'json')
    .summary('check the estate, or a folder of plain YAML, and write nothing')
    .description('Check this project, or plain YAML that somebody else wrote. Nothing is written.')
    .argument('[folder]', 'a folder of manifests, or a repository that Flux reads')
    .option('--kubernetes <version>', 'the Kubernetes that the folder is for, e.g. 1.36', kubernetesVersion)
    .addHelpText('after', examples)
    .action((folder: string | undefined, options: CheckOptions) =>
      (require('./run-check') as typeof import('./run-check')).runCheck(folder, options),
    );
}
