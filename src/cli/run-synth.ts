import { isBroken, reportSynthesis, synthesize } from '../pipeline';
import { printJson, synthesisJson } from './output';
import { withProgress } from './progress';
import { loadApp } from './load-app';
import { entryFile } from './project';
import type { SynthOptions } from './synth';

/** Compile and write, once or until Ctrl-C. */
export async function runSynth(options: SynthOptions): Promise<void> {
  const { watch } = options;
  if (watch) return (require('./watch/watch') as typeof import('./watch/watch')).watchProject(options);
  await once(options);
}

async function once({ app, base, allowRemoval, json }: SynthOptions): Promise<void> {
  const synthesis = await withProgress('synthesizing', async () =>
    synthesize(await loadApp(entryFile(app)), { allowRemoval, ...(base === undefined ? {} : { base }) }),
  );
  if (!json) return reportSynthesis(synthesis);
  printJson(synthesisJson(synthesis));
  if (isBroken(synthesis.findings)) process.exitCode = 1;
}
