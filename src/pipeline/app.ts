import type { FluxApp } from '../construct/flux-app';
import type { Finding, Memory } from '../estate';
import type { SchemaRegistry } from '../schema/types';
import { previousTree, type PreviousTree } from '../previous';
import { render } from '../render';
import { comparisons } from './comparisons';
import { compile, type Compiled, projectRegistry } from './compile';

/** A compiled project: its estate, and the folder that the estate is committed in. */
export interface CompiledApp extends Compiled {
  readonly dist: string;
  /** What was committed in that folder before. */
  readonly previous: PreviousTree;
}

/** What one compilation of a project may be told. */
export interface CompileAppOptions {
  /**
   * The revision that the estate is compared with; in CI the branch that a pull request aims at.
   *
   * @default 'HEAD'
   */
  readonly base?: string;
  /**
   * The kinds and charts that the project knows, for who compiles it again and again.
   *
   * @default - what is in its imports now
   */
  readonly registry?: SchemaRegistry;
  /**
   * What the compilation before has left, for who compiles again and again; it keeps what this one leaves.
   *
   * @default - everything is worked out
   */
  readonly memory?: Memory;
}

/** Compile what a project's program has made. Nothing is written. */
export function compileApp(app: FluxApp, options: CompileAppOptions = {}): CompiledApp {
  const { base, memory, registry = projectRegistry(app.imports) } = options;
  const previous = previousTree(app.dist, base);
  const source = render(app, (group, kind) => registry.info(group, kind)?.namespaced, memory);
  const compiled = compile(
    { ...source, findings: [...previous.findings, ...source.findings] },
    { registry, settings: app.rules, compare: (clusters, tree) => comparisons(previous, clusters, tree) },
  );
  return { ...compiled, dist: app.dist, previous };
}

/** Whether findings keep an estate from being written. */
export function isBroken(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error');
}
