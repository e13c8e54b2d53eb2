import { lstat, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ImageError } from './errors';
import type { Entry } from './types';

/**
 * Everything below a folder as entries below `to`, owned by root. Modes are made equal, since those of a work
 * tree depend on who checked it out: 0755 for what someone may run, else 0644; no set-user-ID bits.
 */
export async function walk(folder: string, to: string): Promise<readonly Entry[]> {
  const children = await readdir(folder, { withFileTypes: true });
  const entries = await Promise.all(
    children.map((child) => entriesOf(join(folder, child.name), `${to}/${child.name}`)),
  );
  return entries.flat();
}

async function entriesOf(file: string, path: string): Promise<readonly Entry[]> {
  const found = await lstat(file);
  const attributes = { path, uid: 0, gid: 0 };
  if (found.isDirectory())
    return [{ type: 'directory', mode: 0o755, ...attributes }, ...(await walk(file, path))];
  if (found.isSymbolicLink())
    return [{ type: 'symlink', mode: 0o777, ...attributes, target: await readlink(file) }];
  if (!found.isFile())
    throw new ImageError(`${file} cannot be in an image: it is a socket, a pipe or a device`);
  const mode = found.mode & 0o111 ? 0o755 : 0o644;
  return [{ type: 'file', mode, ...attributes, content: { file, size: found.size } }];
}
