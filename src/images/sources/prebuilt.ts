import { chmod, readFile, rename, stat } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { digestOfFile } from '../digest';
import { ImageError } from '../errors';
import { cacheFolder, packageRoot } from '../folders';
import { withWork } from '../work';

/** The module that a Go program must have been built from. */
export interface GoModule {
  readonly module: string;
  readonly version: string;
}

/**
 * A program among the lab's binaries (`FLUXWRIGHT_LAB_BIN`, else `../shared/lab/bin`), unpacked. One of another
 * version than asked for is none: an image must hold what its tag says.
 */
export async function findPrebuilt(
  name: string,
  wanted: GoModule,
  cache: string,
): Promise<string | undefined> {
  const folder = resolve(packageRoot, process.env['FLUXWRIGHT_LAB_BIN'] || '../shared/lab/bin');
  const plain = join(folder, name);
  const file = (await exists(plain)) ? plain : await unpacked(`${plain}.xz`, cache);
  return file && (await isBuiltFrom(file, wanted)) ? file : undefined;
}

/** Whether a Go program says that it was built from this version of the module. */
export async function isBuiltFrom(file: string, { module, version }: GoModule): Promise<boolean> {
  const content = await readFile(file);
  return content.includes(`mod\t${module}\t${version}\t`) || content.includes(`dep\t${module}\t${version}\t`);
}

async function unpacked(packed: string, cache: string): Promise<string | undefined> {
  if (!(await exists(packed))) return undefined;
  const file = join(
    await cacheFolder(cache, 'binaries'),
    (await digestOfFile(packed)).slice('sha256:'.length),
  );
  if (await exists(file)) return file;
  await withWork(cache, 'binary', async (work) => {
    await decompress(packed, join(work, 'program'));
    await chmod(join(work, 'program'), 0o755);
    await rename(join(work, 'program'), file);
  });
  return file;
}

async function decompress(packed: string, to: string): Promise<void> {
  const xz = spawn('xz', ['-dc', packed], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((done, failed) => {
    xz.once('error', () =>
      failed(new ImageError('xz is not on this machine: install xz (Debian: xz-utils)')),
    );
    xz.once('close', (code) =>
      code === 0 ? done() : failed(new ImageError(`xz could not unpack ${packed}`)),
    );
  });
  await Promise.all([ended, pipeline(xz.stdout, createWriteStream(to))]);
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isFile() ?? false;
}
