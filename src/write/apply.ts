import { mkdirSync, renameSync, rmSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { STAGE } from './compare';
import type { Difference } from './compare';
import type { Folder } from './folder';

/**
 * Writes everything that is new beside the folder's content. Nothing is changed yet: what cannot be written
 * (a full disk, a name that is too long) shows here.
 */
export function stage(root: string, { changed, newFolders }: Difference): void {
  const folder = `${root}/${STAGE}`;
  discard(root);
  if (changed.length + newFolders.length === 0) return;
  mkdirSync(folder);
  for (const [index, { text }] of changed.entries()) writeFileSync(`${folder}/${index}`, text);
  for (const [index, [, inner]] of newFolders.entries()) stageFolder(`${folder}/folder-${index}`, inner);
}

/** Puts what was staged in its place, one rename for each file or new folder, then removes what is stale. */
export function settle(root: string, { changed, newFolders, extra, extraFolders }: Difference): void {
  const folder = `${root}/${STAGE}`;
  for (const [index, [path]] of newFolders.entries())
    renameSync(`${folder}/folder-${index}`, `${root}/${path}`);
  for (const [index, { path }] of changed.entries()) renameSync(`${folder}/${index}`, `${root}/${path}`);
  for (const path of extra) unlinkSync(`${root}/${path}`);
  for (const path of extraFolders) rmdirSync(`${root}/${path}`);
}

/** Removes what was staged. */
export function discard(root: string): void {
  rmSync(`${root}/${STAGE}`, { recursive: true, force: true });
}

function stageFolder(path: string, { files, folders }: Folder): void {
  mkdirSync(path);
  for (const [name, text] of files) writeFileSync(`${path}/${name}`, text);
  for (const [name, inner] of folders) stageFolder(`${path}/${name}`, inner);
}
