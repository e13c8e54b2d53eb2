import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { compileApp, type CompileAppOptions, type CompiledApp } from '../pipeline';
import { loadApp } from './load-app';
import { UsageError } from './usage-error';
import type { CommonOptions } from './options';
import { withProgress } from './progress';

/** Run a project's program and compile what it makes; nothing is written. */
export async function compileProject({ app, base }: CommonOptions): Promise<CompiledApp> {
  const options: CompileAppOptions = base === undefined ? {} : { base };
  return withProgress('compiling', async () => compileApp(await loadApp(entryFile(app)), options));
}

/** Whether there is a project here. */
export function hasProject(): boolean {
  return existsSync(entryOfProject());
}

/** The program that builds the estate: what was named, what `cdk8s.yaml` names, or `main.ts`. */
export function entryFile(entry: string | undefined): string {
  const file = resolve(entry ?? entryOfProject());
  if (existsSync(file)) return file;
  throw new UsageError(
    `there is no ${relative('', file)} here: call fluxwright where your main.ts is, say --app <file>, or begin with fluxwright init`,
  );
}

function entryOfProject(): string {
  if (!existsSync('cdk8s.yaml')) return 'main.ts';
  // The last file of the line: the ones before it belong to what runs it.
  const named = /^app:.*\s(\S+\.[cm]?[tj]s)\b/m.exec(readFileSync('cdk8s.yaml', 'utf8'));
  return named?.[1] ?? 'main.ts';
}
