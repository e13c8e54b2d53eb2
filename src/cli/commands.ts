import type { Command } from 'commander';
import { checkCommand } from './check';
import { diffCommand } from './diff';
import { explainCommand } from './explain';
import { graphCommand } from './graph';
import { importCommand } from './import';
import { initCommand } from './init';
import { labCommand } from './lab';
import { statusCommand } from './status';
import { synthCommand } from './synth';
import { whyCommand } from './why';

/** Every command, in the order of the help. */
export const commands: readonly (() => Command)[] = [
  initCommand,
  synthCommand,
  checkCommand,
  diffCommand,
  whyCommand,
  graphCommand,
  explainCommand,
  importCommand,
  statusCommand,
  labCommand,
];
