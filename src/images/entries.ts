import { ImageError } from './errors';
import { entryPath, longestPath } from './paths';
import type { Attributes, DirectoryEntry, Entry } from './types';

const owner = { uid: 0, gid: 0 };

/** A directory of root that everybody may enter. */
export function directory(path: string, attributes: Partial<Attributes> = {}): DirectoryEntry {
  return { type: 'directory', mode: 0o755, ...owner, ...attributes, path };
}

/** A file of root with these contents. */
export function file(path: string, content: string | Buffer, attributes: Partial<Attributes> = {}): Entry {
  return { type: 'file', mode: 0o644, ...owner, ...attributes, path, content: Buffer.from(content) };
}

/** A symbolic link. */
export function symlink(path: string, target: string): Entry {
  return { type: 'symlink', mode: 0o777, ...owner, path, target };
}

/**
 * The entries of a layer as they are written: clean paths, sorted, each path once, every parent present. The
 * later of two entries at one path stays.
 */
export function arrange(entries: readonly Entry[]): readonly Entry[] {
  const byPath = new Map<string, Entry>();
  for (const entry of entries) {
    const path = entryPath(entry.path);
    checkTarget(entry);
    byPath.set(path, { ...entry, path });
  }
  for (const path of Array.from(byPath.keys())) addParents(path, byPath);
  return [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function addParents(path: string, byPath: Map<string, Entry>): void {
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    const parent = path.slice(0, slash);
    const present = byPath.get(parent);
    if (present && present.type !== 'directory') throw below(path, parent, present.type);
    if (present) return;
    byPath.set(parent, directory(parent));
  }
}

function below(path: string, parent: string, type: string): ImageError {
  return new ImageError(
    `/${path} cannot be in the layer: /${parent} is a ${type}, not a directory, in the same layer`,
  );
}

function checkTarget(entry: Entry): void {
  if (entry.type !== 'symlink') return;
  const unusable =
    entry.target === '' || entry.target.includes('\0') || Buffer.byteLength(entry.target) > longestPath;
  if (unusable)
    throw new ImageError(
      `the link /${entry.path} has a target that no file system takes: ${JSON.stringify(entry.target)}`,
    );
}
