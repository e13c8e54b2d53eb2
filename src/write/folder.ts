import type { FileTree } from '../estate';

/** A tree of files the way a disk sees it. */
export interface Folder {
  readonly files: Map<string, string>;
  folders: Map<string, Folder>;
}

/** Most folders have no folders in them, and there are many. */
const none: Map<string, Folder> = new Map();

/** The folders of a tree. */
export function folderOf(tree: FileTree): Folder {
  const known = new Map<string, Folder>([['', { files: new Map(), folders: none }]]);
  for (const [path, text] of tree) {
    const slash = path.lastIndexOf('/');
    folderAt(known, path.slice(0, Math.max(slash, 0))).files.set(path.slice(slash + 1), text);
  }
  return folderAt(known, '');
}

/** The paths of all files below a folder; `path` ends in a slash. */
export function* filesBelow(path: string, folder: Folder): Generator<string> {
  for (const name of folder.files.keys()) yield path + name;
  for (const [name, inner] of folder.folders) yield* filesBelow(`${path}${name}/`, inner);
}

function folderAt(known: Map<string, Folder>, path: string): Folder {
  const found = known.get(path);
  if (found !== undefined) return found;
  const folder: Folder = { files: new Map(), folders: none };
  known.set(path, folder);
  const slash = path.lastIndexOf('/');
  const outer = folderAt(known, path.slice(0, Math.max(slash, 0)));
  if (outer.folders === none) outer.folders = new Map();
  outer.folders.set(path.slice(slash + 1), folder);
  return folder;
}
