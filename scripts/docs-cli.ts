import type { Argument, Command, Option } from 'commander';

/** The page of all commands, out of the commands themselves. */
export function cliPage(program: Command, below: string): string {
  return [
    '# The command line',
    '',
    program.description(),
    '',
    '```sh',
    'npx fluxwright <command>',
    '```',
    '',
    ...program.commands.map(
      (command) =>
        `- [\`fluxwright ${command.name()}\`](#fluxwright-${command.name()}): ${firstLine(command.summary())}`,
    ),
    '',
    ...text(below),
    '',
    ...program.commands.flatMap((command) => section(command, '##', 'fluxwright')),
  ].join('\n');
}

function section(command: Command, level: string, parent: string): string[] {
  const name = `${parent} ${command.name()}`;
  const args = command.registeredArguments.map(usage).join(' ');
  return [
    `${level} ${name}`,
    '',
    ...text(command.description()),
    '',
    '```sh',
    `${name}${command.commands.length > 0 ? ' <command>' : ''}${command.options.length > 0 ? ' [options]' : ''}${args === '' ? '' : ` ${args}`}`,
    '```',
    '',
    ...table(command.registeredArguments, command.options),
    ...examples(command),
    ...command.commands.flatMap((inner) => section(inner, `${level}#`, name)),
  ];
}

function usage(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function table(args: readonly Argument[], options: readonly Option[]): string[] {
  const rows = [
    ...args
      .filter(({ description }) => description !== '')
      .map((one) => [usage(one), one.description, one.defaultValue]),
    ...options.map((one) => [one.flags, withChoices(one), one.defaultValue]),
  ].map(
    ([name, about, value]) =>
      `| \`${String(name)}\` | ${String(about).replaceAll('|', '\\|')}${defaultOf(value)} |`,
  );
  return rows.length === 0 ? [] : ['| | |', '| --- | --- |', ...rows, ''];
}

function withChoices({ description, argChoices }: Option): string {
  return argChoices === undefined
    ? description
    : `${description}: ${argChoices.map((one) => `\`${one}\``).join(', ')}`;
}

function defaultOf(value: unknown): string {
  return typeof value !== 'string' && typeof value !== 'number' ? '' : ` (default: \`${value}\`)`;
}

/** What the help shows below the options. */
function examples(command: Command): string[] {
  let help = '';
  command.configureOutput({ writeOut: (part) => (help += part) }).outputHelp();
  const [, shown] = help.split(/^Examples:\n/m);
  return shown === undefined
    ? []
    : [
        '```sh',
        ...shown
          .trimEnd()
          .split('\n')
          .map((line) => line.replace(/^ {2}(?:\$ )?/, '')),
        '```',
        '',
      ];
}

function text(words: string): string[] {
  return words
    .trim()
    .split('\n')
    .map((line) => line.replace(/^ {2}(\d) +/, '- `$1`: '))
    .map((line) => (line.endsWith(':') && !line.startsWith('-') ? `${line}\n` : line));
}

function firstLine(words: string): string {
  return words.split('\n')[0] ?? '';
}
