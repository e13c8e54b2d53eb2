import { chmod, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Call with a folder that is gone afterwards. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'fluxwright-images-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Write files below a folder, with modes and times that a checkout would not choose. */
export async function writeFiles(
  folder: string,
  files: { readonly [path: string]: string },
  modes = [0o600, 0o700],
) {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    if (text.startsWith('-> ')) {
      await symlink(text.slice(3), file);
      continue;
    }
    await writeFile(file, text);
    await chmod(file, (path.endsWith('.sh') ? modes[1] : modes[0]) ?? 0o600);
    await utimes(file, new Date(), new Date(Date.now() - Math.random() * 1e9));
  }
}
