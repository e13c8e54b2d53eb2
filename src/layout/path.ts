import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { groupOf } from '../estate';
import type { EstateObject } from '../estate';

/** The parts of an object that decide where it is written. */
export type Identity = Pick<EstateObject, 'apiVersion' | 'kind' | 'namespace' | 'name'>;

/** The file that lists what belongs to a unit's folder. */
export const KUSTOMIZATION = 'kustomization.yaml';

/** The folder of cluster-scoped objects; no namespace is called so. */
const CLUSTER_SCOPED = '_cluster';

/** File systems stop at 255 bytes; temporary files need a few more than their target. */
const LONGEST_FILE = 220;
const KEPT_OF_LONG = 150;

/**
 * Where an object is written, relative to the output folder: `<cluster>/<unit>/<namespace>/<kind>.<group>_<name>.yaml`.
 *
 * It follows from the object's identity alone, so nothing that is added or removed elsewhere moves it, and no
 * two objects share a path, not even where file systems ignore case.
 */
export function pathOf(cluster: string, unit: string, object: Identity): string {
  return `${folderOf(cluster, unit)}/${entryOf(object)}`;
}

/** The folder of a unit, relative to the output folder. */
export function folderOf(cluster: string, unit: string): string {
  return `${escapeName(cluster)}/${escapeName(unit)}`;
}

/** Where an object is written, relative to its unit's folder. */
export function entryOf(object: Identity): string {
  const folder = object.namespace === undefined ? CLUSTER_SCOPED : escapeName(object.namespace);
  return `${folder}/${fileOf(object)}.yaml`;
}

/** Whether a path of the tree is an object's, not a list of files. */
export function isObjectFile(path: string): boolean {
  return path.endsWith('.yaml') && basename(path) !== KUSTOMIZATION;
}

function fileOf({ apiVersion, kind, name }: Identity): string {
  const group = groupOf(apiVersion);
  const type = group === '' ? kind : `${kind}.${group}`;
  const file = `${escapeName(type.toLowerCase())}_${escapeName(name)}`;
  if (file.length <= LONGEST_FILE) return file;
  // No escaped name holds a tilde: a shortened name cannot meet a whole one.
  return `${file.slice(0, KEPT_OF_LONG)}~${createHash('sha256').update(file).digest('hex').slice(0, 32)}`;
}

/** Keeps what every file system keeps apart; `_3a` stands for the character 0x3a, `_u2603` for 0x2603. */
function escapeName(name: string): string {
  return /^[a-z0-9.-]*$/.test(name) ? name : name.replaceAll(/[^a-z0-9.-]/g, escapeUnit);
}

function escapeUnit(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100 ? `_${hex(code, 2)}` : `_u${hex(code, 4)}`;
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
