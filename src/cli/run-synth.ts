import { isBroken, reportSynthesis, synthesize } from '../pipeline';
import { printJson, synthesisJson } from './output';
import { withProgress } from './progress';
import { loadApp } from './project';
import type { SynthOptions } from './synth';

/** Compile and write, once or until Ctrl-C. */
export function runSynth(options: SynthOptions): void {
  if (options.watch) (require('./watch/watch') as typeof import('./watch/watch')).watchProject(options);
  else once(options);
}

function once({ app, base, allowRemoval, json }: SynthOptions): void {
  const synthesis = withProgress('synthesizing', () =>
    synthesize(loadApp(app), { allowRemoval, ...(base === undefined ? {} : { base }) }),
  );
  if (!json) return reportSynthesis(synthesis);
  printJson(synthesisJson(synthesis));
  if (isBroken(synthesis.findings)) process.exitCode = 1;
}
