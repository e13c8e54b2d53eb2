import { synthesize } from '../pipeline/synthesize';
import { loadApp } from './project';
import type { SynthOptions } from './synth';

/** Compile and write once. */
export function runSynth(options: SynthOptions): void {
  const { allowRemoval, base } = options;
  synthesize(loadApp(options.app), { allowRemoval, ...(base === undefined ? {} : { base }) });
}
