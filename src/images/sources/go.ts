import { mkdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { digestOfFile } from '../digest';
import { packageRoot } from '../folders';
import { run } from '../run';
import type { Entry, GoFileSource, GoSource } from '../types';
import { findPrebuilt } from './prebuilt';
import { type PreparedSource, ready } from './prepared';

// Nothing of the machine that built it may be in the program: no paths, no revision, no build ID.
const flags = ['-trimpath', '-buildvcs=false', '-ldflags=-s -w -buildid='];
const environment = { CGO_ENABLED: '0', GOFLAGS: '', GOTOOLCHAIN: 'local', GOWORK: 'off' };

/** A Go program: the prebuilt one where its version is the one asked for, else built from the module. */
export async function go(source: GoSource, cache: string): Promise<PreparedSource> {
  const module = source.module ?? source.package;
  const prebuilt =
    source.prebuilt && (await findPrebuilt(source.prebuilt, { module, version: source.version }, cache));
  if (prebuilt)
    return ready([await digestOfFile(prebuilt), source.to], [await executable(prebuilt, source.to)]);
  return {
    inputs: [await goVersion(), source.package, module, source.version, source.to],
    entries: async (work) => [await executable(await buildPackage(source, module, work), source.to)],
  };
}

/** A Go program of one file. */
export async function goFile(source: GoFileSource): Promise<PreparedSource> {
  const file = resolve(packageRoot, source.file);
  return {
    inputs: [await goVersion(), await digestOfFile(file), source.to],
    entries: async (work) => {
      const output = join(work, 'program');
      await run('go', ['build', ...flags, '-o', output, basename(file)], {
        folder: join(file, '..'),
        environment,
      });
      return [await executable(output, source.to)];
    },
  };
}

// `go install package@version` refuses a module with replace directives; a module of our own that requires it does not.
async function buildPackage(source: GoSource, module: string, work: string): Promise<string> {
  const options = { folder: join(work, 'module'), environment: { ...environment, GOTOOLCHAIN: 'auto' } };
  await mkdir(options.folder);
  await run('go', ['mod', 'init', 'image.local/program'], options);
  await run('go', ['get', '-tool', `${source.package}@${source.version}`], options);
  await run('go', ['mod', 'download', module], options);
  const output = join(work, 'program');
  await run('go', ['build', ...flags, '-o', output, source.package], options);
  return output;
}

async function goVersion(): Promise<string> {
  return (await run('go', ['env', 'GOVERSION'])).trim();
}

async function executable(file: string, to: string): Promise<Entry> {
  const { size } = await stat(file);
  return { type: 'file', path: to, mode: 0o755, uid: 0, gid: 0, content: { file, size } };
}
