import { Command } from 'commander';
import { reportCrash } from './crash';
import { commands } from './commands';

/** The command line. Every command loads what it needs when it is called, so that each starts fast. */
export function main(argv: readonly string[]): void {
  program()
    .parseAsync([...argv])
    .catch(reportCrash);
}

/** All commands, for the command line and for its documentation. */
export function program(): Command {
  const root = new Command('fluxwright')
    .description('A compiler and linker for GitOps: typed constructs in, a checked estate for Flux out.')
    .helpOption('-h, --help', 'show this help')
    .showHelpAfterError('(see --help)')
    .addHelpText('after', exitCodes);
  for (const command of commands) root.addCommand(command());
  return root;
}

const exitCodes = `
Exit codes:
  0  done, nothing is wrong
  1  something is wrong with the estate, or with how the command was called; nothing was written`;
