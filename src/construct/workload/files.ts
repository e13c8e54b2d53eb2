import { createHash } from 'node:crypto';
import type { JsonObject } from '../../estate';

/** Configuration files by their absolute path in the container. */
export interface Files {
  readonly [path: string]: string;
}

/** The volumes and mounts of something, to be put into a pod. */
export interface Mounts {
  readonly volumes: readonly JsonObject[];
  readonly volumeMounts: readonly JsonObject[];
}

/** No volumes at all. */
export const noMounts: Mounts = { volumes: [], volumeMounts: [] };

/** Put mounts together. */
export function joinMounts(all: readonly Mounts[]): Mounts {
  return {
    volumes: all.flatMap(({ volumes }) => volumes),
    volumeMounts: all.flatMap(({ volumeMounts }) => volumeMounts),
  };
}

/** The data of the ConfigMap that holds files: a key is a path with dots for slashes. */
export function fileData(files: Files): { [key: string]: string } {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [fileKey(path), text]));
}

/** Mount each file of a ConfigMap at its own path, so that what else is in its folder stays. */
export function mountFiles(configMap: string, files: Files): Mounts {
  const paths = Object.keys(files);
  if (paths.length === 0) return noMounts;
  return {
    volumes: [{ name: 'config', configMap: { name: configMap } }],
    volumeMounts: paths.map((mountPath) => ({
      name: 'config',
      mountPath,
      subPath: fileKey(mountPath),
      readOnly: true,
    })),
  };
}

/** Empty folders that a container may write to, gone with the pod. */
export function mountEmpty(paths: readonly string[]): Mounts {
  const named = paths.map((mountPath) => ({ mountPath, name: volumeName(mountPath) }));
  return {
    volumes: named.map(({ name }) => ({ name, emptyDir: {} })),
    volumeMounts: named.map(({ name, mountPath }) => ({ name, mountPath })),
  };
}

/** The Secrets of a pod, each a folder. */
export function mountSecrets(secrets: { readonly [path: string]: string }): Mounts {
  const named = Object.entries(secrets).map(([mountPath, secretName]) => ({
    mountPath,
    secretName,
    name: volumeName(mountPath),
  }));
  return {
    volumes: named.map(({ name, secretName }) => ({ name, secret: { secretName, defaultMode: 0o440 } })),
    volumeMounts: named.map(({ name, mountPath }) => ({ name, mountPath, readOnly: true })),
  };
}

/** A text that changes whenever a file does: on a pod template it rolls the pods. */
export function checksum(files: Files): string {
  const sorted = Object.entries(files).sort(([left], [right]) => (left < right ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex').slice(0, 16);
}

/** The annotation that holds it. */
export const checksumAnnotation = 'fluxwright.dev/config';

function fileKey(path: string): string {
  return path
    .split('/')
    .filter(Boolean)
    .join('.')
    .replaceAll(/[^-._a-zA-Z0-9]/g, '-');
}

function volumeName(path: string): string {
  const name = path
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return name === '' ? 'root' : name.slice(0, 63);
}
