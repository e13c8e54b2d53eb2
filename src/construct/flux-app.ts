import { setFlagsFromString } from 'node:v8';
import { App, type AppProps } from 'cdk8s';
import type { RuleSettings } from '../check';
import { rules } from '../check/rules';
import { reportSynthesis, synthesize } from '../pipeline/synthesize';
import { nearest } from '../schema/nearest';
import { recordOrigins } from './origin';
import { currentHost } from './host';

/** What a project says once. */
export interface FluxAppProps extends Pick<AppProps, 'resolvers'> {
  /**
   * The folder that is committed and that Flux reads.
   *
   * @default 'dist'
   */
  readonly dist?: string;
  /**
   * The folder with what people run once; what the bootstrap of Flux needs is written into it.
   *
   * @default 'ops'
   */
  readonly ops?: string;
  /**
   * The folder with the project's generated imports.
   *
   * @default 'imports'
   */
  readonly imports?: string;
  /**
   * Rules to add, and how bad the findings of each rule are.
   *
   * @default - every rule as it says itself
   */
  readonly rules?: RuleSettings;
}

/**
 * The root of an estate. Its `synth()` renders, links and checks everything, and writes `dist/` only when nothing
 * is wrong.
 *
 * @example
 * const app = new FluxApp();
 * const cluster = new Cluster(app, 'production', { profile: 'ha' });
 * new Kafka(cluster);
 * app.synth();
 */
export class FluxApp extends App {
  readonly dist: string;
  readonly ops: string;
  readonly imports: string;
  readonly rules: RuleSettings;

  constructor(props: FluxAppProps = {}) {
    super(props.resolvers === undefined ? {} : { resolvers: props.resolvers });
    this.dist = props.dist ?? 'dist';
    this.ops = props.ops ?? 'ops';
    this.imports = props.imports ?? 'imports';
    this.rules = knownRules(props.rules ?? {});
    recordOrigins();
    compileLess();
  }

  /**
   * Compile the estate and write what has changed. What is wrong goes to standard error, and then nothing is
   * written and the process will exit with 1.
   */
  override synth(): void {
    const host = currentHost();
    if (host) return host(this);
    reportSynthesis(synthesize(this, { allowRemoval: false }));
  }
}

/** A misspelt rule would stay as it is, and nobody would know. */
function knownRules(settings: RuleSettings): RuleSettings {
  const ids = [...rules, ...(settings.add ?? [])].map(({ id }) => id);
  for (const id of Object.keys(settings.severity ?? {})) {
    if (ids.includes(id)) continue;
    const near = nearest(id, ids);
    throw new Error(`there is no rule ${id}${near === undefined ? '' : `: did you mean ${near}?`}`);
  }
  return settings;
}

/** A synthesis is over in a second or two: of what the engine compiles for the long run, most would never pay. */
function compileLess(): void {
  setFlagsFromString('--interrupt-budget=200000');
}
