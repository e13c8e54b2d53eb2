import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOfFile } from '../digest';
import { file } from '../entries';
import { ImageError } from '../errors';
import { run } from '../run';
import type { DebianSource, Entry } from '../types';
import { walk } from '../walk';
import { aptClosure } from './apt';
import type { DebianPackage } from './debian-packages';
import type { PreparedSource } from './prepared';

/** What no program reads; the copyright files stay, as the licences ask. */
const dropped: readonly string[] = [
  'etc/bash.bashrc',
  'etc/skel',
  'usr/share/applications',
  'usr/share/bash-completion',
  'usr/share/bug',
  'usr/share/doc-base',
  'usr/share/info',
  'usr/share/lintian',
  'usr/share/locale',
  'usr/share/man',
  'usr/share/menu',
  'usr/share/pixmaps',
];

/** Debian packages, unpacked. Their versions, as apt knows them today, are the input. */
export async function debian(source: DebianSource, cache: string): Promise<PreparedSource> {
  const packages = await aptClosure(source.packages, source.without ?? [], cache);
  const drop = [...dropped, ...(source.drop ?? [])];
  return {
    inputs: [packages.map(({ name, sha256 }) => [name, sha256]), drop],
    entries: async (work) => {
      const root = await unpack(packages, work);
      const entries = (await walk(root, '')).filter(({ path }) => isKept(path.slice(1), drop));
      return [...entries, ...packages.map(status)];
    },
  };
}

/** Whether a path is outside all dropped folders; of documentation only the copyright is kept. */
export function isKept(path: string, drop: readonly string[]): boolean {
  const usr = path.replace(/^(bin|lib|lib64|sbin)\//, 'usr/$1/');
  if (drop.some((folder) => usr === folder || usr.startsWith(`${folder}/`))) return false;
  return !path.startsWith('usr/share/doc/') || path.endsWith('/copyright');
}

async function unpack(packages: readonly DebianPackage[], work: string): Promise<string> {
  const root = join(work, 'root');
  const downloads = join(work, 'packages');
  await Promise.all([mkdir(root), mkdir(downloads)]);
  await run('apt-get', ['download', '-qq', ...packages.map(({ name, version }) => `${name}=${version}`)], {
    folder: downloads,
  });
  for (const { path } of await walk(downloads, downloads)) {
    await verify(path, packages);
    await run('dpkg-deb', ['--extract', path, root]);
  }
  return root;
}

async function verify(path: string, packages: readonly DebianPackage[]): Promise<void> {
  const digest = (await digestOfFile(path)).slice('sha256:'.length);
  if (!packages.some(({ sha256 }) => sha256 === digest))
    throw new ImageError(`${path} is not what apt's index promised`);
}

// Scanners look here for what is installed, as in every image that was put together without dpkg.
function status({ name, stanza }: DebianPackage): Entry {
  return file(`var/lib/dpkg/status.d/${name}`, stanza);
}
