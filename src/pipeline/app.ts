import type { FluxApp } from '../construct/flux-app';
import type { Finding } from '../estate';
import { render } from '../render';
import { compile, type Compiled, projectRegistry } from './compile';

/** A compiled project: its estate, and the folder that the estate is committed in. */
export interface CompiledApp extends Compiled {
  readonly dist: string;
}

/** Compile what a project's program has made. Nothing is written. */
export function compileApp(app: FluxApp): CompiledApp {
  const registry = projectRegistry(app.imports);
  const source = render(app, (group, kind) => registry.info(group, kind)?.namespaced);
  return { ...compile(source, { registry, settings: app.rules }), dist: app.dist };
}

/** Whether findings keep an estate from being written. */
export function isBroken(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
