export { compileApp, type CompileAppOptions, type CompiledApp, isBroken } from './app';
export { compile, type Compiled, type CompileOptions, projectRegistry, type Source } from './compile';
export {
  reportSynthesis,
  type Synthesis,
  type SynthesisOptions,
  synthesize,
  writeSummary,
} from './synthesize';
