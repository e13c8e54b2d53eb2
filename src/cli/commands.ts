import type { Command } from 'commander';
import { importCommand } from './import';
import { synthCommand } from './synth';

/** Every command, in the order of the help. */
export const commands: readonly (() => Command)[] = [synthCommand, importCommand];
