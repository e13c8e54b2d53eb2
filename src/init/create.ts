import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { FileTree } from '../estate';

/** Files of a tree that are there already. */
export function inTheWay(folder: string, files: FileTree): string[] {
  return [...files.keys()].filter((path) => existsSync(join(folder, path)));
}

/** Write the files of a new repository. Nothing that is there is touched. */
export function writeNew(folder: string, files: FileTree): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text, { flag: 'wx' });
  }
}

/** A name that npm takes, out of the name of a folder. */
export function packageName(folder: string): string {
  const name = basename(resolve(folder))
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[-._]+|-+$/g, '');
  return name === '' ? 'estate' : name;
}

const packageRoot = join(__dirname, '..', '..');

interface OwnPackage {
  readonly version: string;
  readonly dependencies: { readonly [name: string]: string };
  readonly devDependencies: { readonly [name: string]: string };
}

/** What this package says of itself: its version, and the versions that it was tested with. */
export function ownPackage(): {
  readonly version: string;
  readonly versions: { readonly [name: string]: string };
} {
  const own = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as OwnPackage;
  return { version: own.version, versions: { ...own.devDependencies, ...own.dependencies } };
}

/** Whether this is the source of Fluxwright, not an installed package. */
export function isCheckout(): boolean {
  return existsSync(join(packageRoot, 'src', 'cli', 'main.ts'));
}

/** The archive that an installed package was made from, where it came out of no registry and is still there. */
export function archiveOf(root: string = packageRoot): string | undefined {
  const modules = dirname(root);
  const lockfile = join(modules, '.package-lock.json');
  if (!existsSync(lockfile)) return undefined;
  const { packages } = JSON.parse(readFileSync(lockfile, 'utf8')) as InstalledPackages;
  const { resolved = '' } = packages?.[`node_modules/${basename(root)}`] ?? {};
  const archive = resolve(dirname(modules), resolved.replace(/^file:/, ''));
  return resolved.startsWith('file:') && existsSync(archive) ? archive : undefined;
}

/** What npm writes down of an installation. */
interface InstalledPackages {
  readonly packages?: { readonly [path: string]: { readonly resolved?: string } };
}

/**
 * Put a package into a folder, as a registry would hold it: the archive that it was installed from, or this checkout,
 * built and packed.
 *
 * @returns the name of the file
 * @throws with what npm says
 */
export function packInto(folder: string, archive?: string): string {
  mkdirSync(folder, { recursive: true });
  if (archive !== undefined) {
    copyFileSync(archive, join(folder, basename(archive)));
    return basename(archive);
  }
  run('npm', ['run', '--silent', 'build']);
  const packed = run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', resolve(folder)]);
  return packed.trim().split('\n').at(-1) ?? '';
}

function run(command: string, args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: packageRoot, encoding: 'utf8' });
  if (status === 0) return stdout;
  throw new Error(
    `${command} ${args.join(' ')} fails: ${error?.message ?? (stderr.trim() || stdout.trim())}`,
  );
}
