import { resolve } from 'node:path';
import { type Finding, Memory } from '../../estate';
import { isBroken, projectRegistry, type Synthesis, synthesize, writeSummary } from '../../pipeline';
import type { SchemaRegistry } from '../../schema/types';
import { crashFinding, reportCrash } from '../crash';
import { reportFindings, synthesisJson } from '../output';
import { loadApp } from '../load-app';
import { entryFile } from '../project';
import type { SynthOptions } from '../synth';
import { UsageError } from '../usage-error';
import { named, watchFolder } from './folders';
import { forget } from './modules';

/** What a run leaves for the next one. */
interface State {
  /** The kinds that are known, with what was compiled of them; read again when an import changes. */
  registry?: { readonly imports: string; readonly schemas: SchemaRegistry };
  /** What was worked out from objects that have not changed. */
  readonly memory: Memory;
  /** What the last run found, so that the next one only says what is new. */
  known: ReadonlySet<string>;
  /** Folders that a run writes itself. */
  written: readonly string[];
}

/** Synthesize now, and again whenever a source file changes, until Ctrl-C. */
export async function watchProject(options: SynthOptions): Promise<void> {
  const entry = entryFile(options.app);
  const state: State = { memory: new Memory(), known: new Set(), written: ['dist', 'ops'] };
  let running = run(options, state, 'synthesized');
  await running;
  const close = watchFolder(
    process.cwd(),
    new Set(state.written.map((folder) => resolve(folder))),
    (files) => {
      running = running
        .then(() => again(files, entry, options, state))
        .catch((error: unknown) => reportCrash(error, undefined));
    },
  );
  process.once('SIGINT', () => {
    close();
    process.exitCode = 0;
  });
  process.stderr.write('watching for changes, Ctrl-C ends\n');
}

async function again(
  files: ReadonlySet<string>,
  entry: string,
  options: SynthOptions,
  state: State,
): Promise<void> {
  forget(files, entry);
  if ([...files].some((file) => state.registry && file.startsWith(state.registry.imports)))
    delete state.registry;
  await run(options, state, named(files));
}

async function run(options: SynthOptions, state: State, what: string): Promise<void> {
  const start = performance.now();
  const synthesis = await attempt(options, state);
  const { findings, report } = synthesis;
  const elapsed = Math.round(performance.now() - start);
  if (options.json) process.stdout.write(`${JSON.stringify(synthesisJson(synthesis))}\n`);
  else reportFindings(newIn(findings, state));
  const outcome = report && !isBroken(findings) ? writeSummary(report) : 'nothing was written';
  process.stderr.write(`${what}: ${outcome}, ${elapsed} ms\n`);
}

async function attempt(
  { app, base, allowRemoval }: SynthOptions,
  state: State,
): Promise<Pick<Synthesis, 'findings' | 'report'>> {
  try {
    const loaded = await loadApp(entryFile(app), false);
    state.written = [loaded.dist, loaded.ops];
    state.registry ??= { imports: resolve(loaded.imports), schemas: projectRegistry(loaded.imports) };
    const { memory, registry } = state;
    const kept = { memory, registry: registry.schemas };
    return synthesize(loaded, { allowRemoval, ...kept, ...(base === undefined ? {} : { base }) });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return { findings: [crashFinding(error)] };
  }
}

/** Errors always, everything else once. */
function newIn(findings: readonly Finding[], state: State): Finding[] {
  const keys = findings.map(({ rule, cluster, object, path, message }) =>
    [rule, cluster, object?.id, path, message].join('\n'),
  );
  const found = findings.filter(
    ({ severity }, index) => severity === 'error' || !state.known.has(keys[index] as string),
  );
  state.known = new Set(keys);
  return found;
}
