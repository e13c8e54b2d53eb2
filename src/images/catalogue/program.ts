import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ImageError } from '../errors';
import { packageRoot } from '../folders';
import type { ImageDefinition } from '../types';
import { balancer } from './balancer';
import { certificates, labels } from './parts';

/** Programs of ours that are not a Node bundle, and what they are instead. */
const others: { readonly [name: string]: (reference: string, version: string) => ImageDefinition } = {
  balancer,
};

/** The names of our own programs that have an image: the folders in `services/` with a `build` script, and the balancer. */
export function programs(): readonly string[] {
  const folder = join(packageRoot, 'services');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name in others || manifest(name)?.scripts?.['build'] !== undefined)
    .sort();
}

/** The image of one of our programs, as manifests name it unless another name is given. */
export function programImage(name: string, reference?: string): ImageDefinition {
  const version = versionOf(name);
  const define = others[name] ?? nodeProgram;
  return define(reference ?? `ghcr.io/fluxwright/${name}:${version}`, version, name);
}

/**
 * Node, the libraries it is linked to, the well-known certificate authorities, `cat` for probes that look at a
 * file, and the program's bundle. No shell; nothing in it is writable but `/tmp`.
 */
function nodeProgram(reference: string, version: string, name: string): ImageDefinition {
  return {
    reference,
    layers: [
      { kind: 'program', file: process.execPath, to: 'usr/local/bin/node' },
      { kind: 'program', file: '/bin/cat', to: 'usr/bin/cat' },
      certificates,
      { kind: 'npm', folder: `services/${name}`, script: 'build', output: 'build', to: 'app' },
    ],
    config: {
      user: { name: 'node', uid: 1000, gid: 1000, home: '/home/node' },
      entrypoint: ['/usr/local/bin/node', '/app/main.js'],
      environment: { NODE_ENV: 'production' },
      workingDirectory: '/app',
      ...labels(name, version),
    },
  };
}

interface PackageManifest {
  readonly version: string;
  readonly scripts?: { readonly [name: string]: string };
}

function versionOf(name: string): string {
  const found = programs().includes(name) ? manifest(name) : undefined;
  if (!found)
    throw new ImageError(
      `there is no program services/${name} to build: the programs are ${programs().join(', ')}`,
    );
  return found.version;
}

function manifest(name: string): PackageManifest | undefined {
  const file = join(packageRoot, 'services', name, 'package.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as PackageManifest) : undefined;
}
