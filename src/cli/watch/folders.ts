import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join, relative } from 'node:path';

/** Editors save in several steps. */
const pauseMs = 30;

/** Ends the watching. */
export type Close = () => void;

/**
 * Call back with the files below a folder that have changed, a moment after the last one did. Hidden and installed
 * files are nobody's source.
 *
 * @param ignored folders that are left out, e.g. the output
 */
export function watchFolder(
  root: string,
  ignored: ReadonlySet<string>,
  changed: (files: ReadonlySet<string>) => void,
): Close {
  const watchers = new Map<string, FSWatcher>();
  let files = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const report = (): void => {
    const all = files;
    files = new Set();
    changed(all);
  };
  const note = (folder: string, name: string | null): void => {
    if (name === null || isNoise(name)) return;
    const file = join(folder, name);
    if (ignored.has(file)) return;
    add(file);
    files.add(file);
    clearTimeout(timer);
    timer = setTimeout(report, pauseMs);
  };
  const add = (folder: string): void => {
    for (const inner of foldersIn(folder, ignored)) {
      if (watchers.has(inner)) continue;
      const watcher = watch(inner, (_, name) => note(inner, name));
      watcher.on('error', () => watchers.delete(inner));
      watchers.set(inner, watcher);
    }
  };
  add(root);
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  };
}

/** A folder and all below it; nothing where it is none. */
function foldersIn(folder: string, ignored: ReadonlySet<string>): string[] {
  if (ignored.has(folder)) return [];
  try {
    const inner = readdirSync(folder, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && !isNoise(entry.name),
    );
    return [folder, ...inner.flatMap(({ name }) => foldersIn(join(folder, name), ignored))];
  } catch {
    return [];
  }
}

/** Hidden files, installed packages, and what editors leave beside a file while they save it. */
function isNoise(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules' || /~$|\.sw.$|\.tmp$|^4913$/.test(name);
}

/** Files as a person names them. */
export function named(files: ReadonlySet<string>): string {
  const [first = '', ...rest] = [...files].map((file) => relative('', file));
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}
