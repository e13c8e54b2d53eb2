import { reportSynthesis, synthesize } from '../pipeline/synthesize';
import { loadApp } from './project';
import type { SynthOptions } from './synth';

/** Compile and write once. */
export function runSynth({ app, allowRemoval, base }: SynthOptions): void {
  reportSynthesis(synthesize(loadApp(app), { allowRemoval, ...(base === undefined ? {} : { base }) }));
}
