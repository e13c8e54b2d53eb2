import { Command } from 'commander';
import { type Format, formats } from '../report/format';
import { commands } from './commands';
import { version } from './version';

/** The command line. Every command loads what it needs when it is called, so that each starts fast. */
export async function main(argv: readonly string[]): Promise<void> {
  let format: Format | undefined;
  await program()
    .hook('preAction', (_, command) => {
      format = formatOf(command);
    })
    .parseAsync([...argv])
    .catch((error: unknown) => (require('./crash') as typeof import('./crash')).reportCrash(error, format));
}

/** How a command was asked to print findings. */
function formatOf(command: Command): Format | undefined {
  const { json, format } = command.opts<{ readonly json?: true; readonly format?: string }>();
  return json ? 'json' : formats.find((one) => one === format);
}

/** All commands, for the command line and for its documentation. */
export function program(): Command {
  const root = new Command('fluxwright')
    .description('A compiler and linker for GitOps: typed constructs in, a checked estate for Flux out.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .showHelpAfterError('(see --help)')
    .addHelpText('after', exitCodes);
  for (const command of commands) root.addCommand(command().copyInheritedSettings(root));
  return root;
}

/** What is true of every command. */
export const exitCodes = `
Exit codes:
  0  done, nothing is wrong
  1  something is wrong with the estate, or with how the command was called; nothing was written

Colors follow the terminal; NO_COLOR=1 turns them off.`;
