import { chmodSync, existsSync, mkdirSync, renameSync, symlinkSync, statSync, utimesSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { openSync, closeSync, rmSync } from 'node:fs';
import { LabError } from './wait';

/** The programs of a lab that no distribution packages together. */
export const BINARIES = [
  'etcd',
  'kube',
  'source-controller',
  'kustomize-controller',
  'helm-controller',
  'coredns',
  'kwok',
  'kube-router',
  'cert-manager',
  'metrics-server',
] as const;

export type Binary = (typeof BINARIES)[number];

/** Those without which a lab still starts. */
const OPTIONAL: ReadonlySet<Binary> = new Set(['metrics-server']);

/** The components that `kube` is, chosen by the name it is called by. */
const KUBE_NAMES = [
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
  'kube-proxy',
  'kubectl',
];

/** Where unpacked and built binaries are kept from one lab to the next. */
export function cacheFolder(): string {
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(cache, 'fluxwright', 'lab');
}

/** The folder in which every binary lies ready to run. */
export function binaryFolder(): string {
  return join(cacheFolder(), 'bin');
}

/** Whether a lab has a program that it can do without. */
export function hasBinary(name: Binary): boolean {
  return existsSync(join(binaryFolder(), name));
}

/**
 * Makes every binary ready: unpacks what is packed and newer than what is there.
 * @throws LabError that names those that are nowhere.
 */
export async function prepareBinaries(): Promise<void> {
  const folder = binaryFolder();
  mkdirSync(folder, { recursive: true });
  for (const name of BINARIES) await prepare(name, folder);
  for (const name of KUBE_NAMES) if (!existsSync(join(folder, name))) symlinkSync('kube', join(folder, name));
  const missing = BINARIES.filter((name) => !OPTIONAL.has(name) && !existsSync(join(folder, name)));
  if (missing.length > 0)
    throw new LabError(`${missing.join(', ')} not found in ${searched().join(' or ')}: ${ADVICE}`);
}

const ADVICE = 'run `fluxwright lab build`, or set FLUXWRIGHT_LAB_BIN to a folder that has them';

/** Where binaries come from, packed (`.xz`) or not: a folder that the environment names, else one beside the project. */
function searched(): string[] {
  const named = process.env['FLUXWRIGHT_LAB_BIN'];
  return named ? [named] : [join(process.cwd(), '..', 'shared', 'lab', 'bin')];
}

async function prepare(name: string, folder: string): Promise<void> {
  const target = join(folder, name);
  for (const source of searched()) {
    const plain = join(source, name);
    const packed = `${plain}.xz`;
    if (existsSync(plain)) return copy(['cat', plain], plain, target);
    if (existsSync(packed)) return copy(['xz', '-dc', packed], packed, target);
  }
}

/** Whole or not at all, so that an interruption leaves no half of a program behind. */
async function copy(command: readonly string[], source: string, target: string): Promise<void> {
  const { mtime } = statSync(source);
  if (existsSync(target) && statSync(target).mtime.getTime() === mtime.getTime()) return;
  const partial = `${target}.partial-${process.pid}`;
  await writeOutput(command, partial);
  chmodSync(partial, 0o755);
  utimesSync(partial, mtime, mtime);
  renameSync(partial, target);
}

async function writeOutput([program = '', ...args]: readonly string[], file: string): Promise<void> {
  const output = openSync(file, 'w');
  const child = spawn(program, args, { stdio: ['ignore', output, 'inherit'] });
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once('close', resolve).once('error', reject),
  );
  closeSync(output);
  if (code === 0) return;
  rmSync(file, { force: true });
  throw new LabError(`${program} ${args.join(' ')} failed: is the package xz-utils installed?`);
}
