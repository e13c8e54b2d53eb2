import { join, sep } from 'node:path';

const library = join(__dirname, '..', '..') + sep;

/**
 * Forget the project's modules that have changed, and all that load them, so that the next `require` reads them
 * again. What is no module may have been read by any of them: then all of the project's own go.
 *
 * @param changed absolute paths
 */
export function forget(changed: ReadonlySet<string>, entry: string): void {
  const own = ownModules();
  const modules = [...changed].every((file) => own.has(file))
    ? dependents(changed, own)
    : new Set(own.keys());
  modules.add(entry);
  const forgotten = new Set([...modules].map((file) => own.get(file)));
  for (const file of modules) delete require.cache[file];
  // Whoever stays must not keep what goes alive.
  for (const one of Object.values(require.cache))
    if (one) one.children = one.children.filter((child) => !forgotten.has(child));
}

/** What the project itself consists of: neither installed packages nor this library. */
function ownModules(): Map<string, NodeJS.Module> {
  const modules = Object.entries(require.cache).flatMap(([file, one]) => (one ? [[file, one] as const] : []));
  return new Map(
    modules.filter(([file]) => !file.includes(`${sep}node_modules${sep}`) && !file.startsWith(library)),
  );
}

function dependents(changed: ReadonlySet<string>, own: ReadonlyMap<string, NodeJS.Module>): Set<string> {
  const found = new Set(changed);
  for (let before = 0; before < found.size;) {
    before = found.size;
    for (const [file, one] of own)
      if (one.children.some((child) => found.has(child.filename))) found.add(file);
  }
  return found;
}
