import { type JsonObject, listIn, textIn, valueIn } from '../estate';
import type { ChartFiles } from './chart-files';
import { documentsOf } from './documents';

/**
 * The paths of the values that a chart's templates read, those of its libraries included: these run with the values
 * of the chart that calls them. Undefined where nobody can say: where there are no templates, where one of them calls
 * what is not here, or works on the whole of the values.
 */
export function valuesRead(files: ChartFiles): string[] | undefined {
  const own = textsIn(files, 'templates/');
  const all = [...own, ...librariesIn(files).flatMap((library) => textsIn(files, `${library}templates/`))];
  const actions = all.flatMap(actionsIn);
  const isKnown = own.length > 0 && callsOnly(actions, defined(actions)) && !actions.some(takesAll);
  return isKnown ? pathsIn(actions) : undefined;
}

/**
 * The same, said from outside, with the values of subcharts behind their names. A subchart that the defaults do not
 * mention and that nothing turns on is a library.
 */
export function withLibraries(
  reads: readonly string[],
  metadata: JsonObject,
  defaults: JsonObject,
): readonly string[] {
  const names = listIn(metadata, 'dependencies')
    .filter((one) => ['alias', 'condition', 'tags'].every((field) => valueIn(one, field) === undefined))
    .flatMap((one) => textIn(one, 'name') ?? [])
    .flatMap((name) => (Object.hasOwn(defaults, name) ? [] : [`${name}.`]));
  const shared = reads.flatMap((path) =>
    names.filter((name) => path.startsWith(name)).map((name) => path.slice(name.length)),
  );
  return [...new Set([...reads, ...shared])];
}

function textsIn(files: ChartFiles, folder: string): string[] {
  return [...files].filter(([path]) => path.startsWith(folder)).map(([, text]) => text);
}

/** The folders of the libraries that came with a chart, and with these. */
function librariesIn(files: ChartFiles): string[] {
  return [...files].flatMap(([path, text]) => {
    const folder = /^((?:charts\/[^/]+\/)+)Chart\.yaml$/.exec(path)?.[1];
    const isLibrary = folder !== undefined && documentsOf(text, path)[0]?.['type'] === 'library';
    return isLibrary ? [folder] : [];
  });
}

/** What stands between double braces, comments left out. */
function actionsIn(template: string): string[] {
  const code = template.replaceAll(/\{\{-?\s*\/\*[^]*?\*\/\s*-?\}\}/g, '');
  return Array.from(code.matchAll(/\{\{[^]*?\}\}/g), ([action]) => action);
}

function defined(actions: readonly string[]): ReadonlySet<string> {
  return new Set(actions.flatMap((action) => namesAfter(action, /\b(?:define|block)\s+"([^"]+)"/g)));
}

/** A name that is put together while the chart is rendered may be any. */
function callsOnly(actions: readonly string[], known: ReadonlySet<string>): boolean {
  return actions.every((action) =>
    namesAfter(action, /\b(?:include|template)\s+("[^"]+"|[($])/g).every((name) =>
      known.has(name.slice(1, -1)),
    ),
  );
}

function namesAfter(action: string, pattern: RegExp): string[] {
  return Array.from(action.matchAll(pattern), ([, name]) => name ?? '');
}

const field = /\.Values\.([A-Za-z_][\w.]*)/g;
const index = /\bindex\s+\$?\.Values((?:\s+"[^"]+")+)/g;

function pathsIn(actions: readonly string[]): string[] {
  const paths = actions.flatMap((action) => [
    ...namesAfter(action, field).map((path) => path.replace(/\.$/, '')),
    ...namesAfter(action, index).map((keys) => namesAfter(keys, /"([^"]+)"/g).join('.')),
  ]);
  return [...new Set(paths)].toSorted();
}

/** Whether an action hands all values on, so that anything may be read of them. */
function takesAll(action: string): boolean {
  return action.replaceAll(index, '').replaceAll(field, '').includes('.Values');
}
