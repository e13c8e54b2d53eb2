import type { Entry } from '../types';

/** A source that knows its input. */
export interface PreparedSource {
  /** Everything that decides what the entries are, as JSON can hold it. */
  readonly inputs: unknown;
  /** The entries; what has to be fetched or built lies in the given folder until the layer is written. */
  entries(work: string): Promise<readonly Entry[]>;
}

/** A source whose entries are at hand. */
export function ready(inputs: unknown, entries: readonly Entry[]): PreparedSource {
  return { inputs, entries: () => Promise.resolve(entries) };
}
