import { setTimeout as sleep } from 'node:timers/promises';
import type { Measured } from './load';

/** One program beside the library alone. */
export interface Row {
  readonly what: string;
  readonly beside: string;
  readonly clients: number;
  readonly ours: Measured;
  readonly bare: Measured;
  /** MiB that the programs have at rest, each. */
  readonly memory: readonly number[];
}

const REST = 5_000;

/** What memory is once nothing was asked for a while. */
export async function settled(memory: () => readonly number[]): Promise<readonly number[]> {
  await sleep(REST);
  return memory();
}
