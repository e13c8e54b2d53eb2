import type { FluxApp } from './construct/flux-app';
import type { Estate, EstateObject, FileTree, Finding } from './estate';
import { describe } from './estate';
import { compile, projectRegistry } from './pipeline';
import { render } from './render';
import { nearest } from './schema/nearest';
import type { SchemaRegistry } from './schema/types';
import { findObjects } from './why';

/** A compiled app, as tests look at it. */
export interface TestEstate {
  /** What is wrong; empty in an estate that may be committed. */
  readonly findings: readonly Finding[];
  /** The files as they would be written, by their path in `dist/`. */
  readonly files: FileTree;
  readonly estate: Estate;
  /**
   * The one object of a name, as `why` takes it: `api`, `deploy/api`, `shop/deploy/api`, with the cluster in front
   * where there are several.
   *
   * @throws where there is none, or more than one, with the names to choose from
   */
  object(name: string): EstateObject;
  /** All objects of a kind: `Deployment`. */
  objects(kind: string): readonly EstateObject[];
}

/**
 * Compile an app for a test: everything but the comparison with what is committed. Nothing is written.
 *
 * @example
 * const app = new FluxApp();
 * new Shop(new Cluster(app, 'test'));
 * const { findings, object } = compileForTest(app);
 *
 * expect(findings).toEqual([]);
 * expect(object('deploy/shop').body).toMatchObject({ spec: { replicas: 2 } });
 */
export function compileForTest(app: FluxApp): TestEstate {
  const registry = registryOf(app.imports);
  const source = render(app, (group, kind) => registry.info(group, kind)?.namespaced);
  const { estate, findings, tree, registry: known } = compile(source, { registry, settings: app.rules });
  const all = estate.clusters.flatMap(({ objects }) => objects);
  return {
    findings,
    files: tree,
    estate,
    object: (name) => onlyOne(name, estate, known),
    objects: (kind) => all.filter((one) => one.kind === kind),
  };
}

/** Tests compile often, and the imports stay as they are. */
const registries = new Map<string, SchemaRegistry>();

function registryOf(imports: string): SchemaRegistry {
  const known = registries.get(imports) ?? projectRegistry(imports);
  registries.set(imports, known);
  return known;
}

function onlyOne(name: string, estate: Estate, registry: SchemaRegistry): EstateObject {
  const found = findObjects(estate, name, registry);
  const [first, ...others] = found;
  if (first && others.length === 0) return first.object;
  const called = found.map(({ object, cluster }) => `${cluster.info.name}: ${describe(object)}`);
  if (first) throw new Error(`there are several objects ${name}: ${called.join(', ')}`);
  const names = estate.clusters.flatMap(({ objects }) => objects.map((one) => one.name));
  const near = nearest(name.slice(name.lastIndexOf('/') + 1), [...new Set(names)]);
  throw new Error(`there is no object ${name}${near === undefined ? '' : `: did you mean ${near}?`}`);
}
