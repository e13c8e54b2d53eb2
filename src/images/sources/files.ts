import { directory, file, symlink } from '../entries';
import type { Entry, FilesSource, InlineEntry } from '../types';
import { type PreparedSource, ready } from './prepared';

/** Files that a definition spells out. */
export async function files(source: FilesSource): Promise<PreparedSource> {
  return ready(source.entries, source.entries.map(inline));
}

/** The entry that an inline one stands for. */
export function inline(entry: InlineEntry): Entry {
  if ('link' in entry) return symlink(entry.path, entry.link);
  const { path, mode, uid = 0, gid = 0 } = entry;
  if ('directory' in entry) return directory(path, { mode: mode ?? 0o755, uid, gid });
  return file(path, entry.text, { mode: mode ?? 0o644, uid, gid });
}
