import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** What points at a blob in OCI's formats. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A blob to be stored, and what it is. */
export interface Blob {
  readonly mediaType: string;
  readonly content: Buffer;
}

/** A manifest with what it is made of. */
export interface Artifact {
  readonly config: Blob;
  readonly layers: readonly Blob[];
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An image whose blobs are files somewhere. */
export interface StoredImage {
  readonly name: string;
  readonly manifest: Descriptor & { readonly file: string };
  readonly config: Descriptor & { readonly file: string };
  readonly layers: readonly (Descriptor & { readonly file: string })[];
}

const REFERENCE = 'org.opencontainers.image.ref.name';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

/** Puts an artifact into an OCI layout under a full name like `ghcr.io/acme/app:1.0.0`. */
export function putArtifact(
  layout: string,
  name: string,
  { config, layers, annotations }: Artifact,
): Descriptor {
  const manifest = {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: putBlob(layout, config),
    layers: layers.map((layer) => putBlob(layout, layer)),
    ...(annotations ? { annotations } : {}),
  };
  const stored = putBlob(layout, { mediaType: MANIFEST, content: Buffer.from(JSON.stringify(manifest)) });
  return named(layout, name, stored);
}

/** Takes over an image that lies elsewhere as files. */
export function putImage(layout: string, image: StoredImage): void {
  for (const { digest, file } of [image.config, image.manifest, ...image.layers])
    linkBlob(layout, digest, file);
  const { mediaType, digest, size } = image.manifest;
  named(layout, image.name, { mediaType, digest, size });
}

/** The manifest of a name in a layout, whatever host it is asked at where the layout has no such host. */
export function findManifest(
  layout: string,
  host: string,
  repository: string,
  tag: string,
): Descriptor | undefined {
  const entries = readIndex(layout);
  const wanted = `${repository}:${tag}`;
  const exact = entries.find((entry) => nameOf(entry) === `${host}/${wanted}`);
  return exact ?? entries.find((entry) => nameOf(entry).endsWith(`/${wanted}`));
}

/** The tags of a repository in a layout. */
export function tagsOf(layout: string, repository: string): string[] {
  const names = readIndex(layout).map(nameOf);
  const marker = `/${repository}:`;
  return names.flatMap((name) =>
    name.includes(marker) ? [name.slice(name.indexOf(marker) + marker.length)] : [],
  );
}

/** The file of a blob, if the layout has it. */
export function blobFile(layout: string, digest: string): string | undefined {
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) return undefined;
  const file = join(layout, 'blobs', 'sha256', digest.slice('sha256:'.length));
  return existsSync(file) ? file : undefined;
}

/** The digest of a content, as OCI writes it. */
export function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

function named(layout: string, name: string, descriptor: Descriptor): Descriptor {
  const entry = { ...descriptor, annotations: { [REFERENCE]: name } };
  writeIndex(layout, [...readIndex(layout).filter((other) => nameOf(other) !== name), entry]);
  return entry;
}

/** A link where both folders are on one disk, else a copy. */
function linkBlob(layout: string, digest: string, from: string): void {
  if (blobFile(layout, digest)) return;
  const file = join(layout, 'blobs', 'sha256', digest.slice('sha256:'.length));
  mkdirSync(dirname(file), { recursive: true });
  try {
    linkSync(from, file);
  } catch {
    copyFileSync(from, `${file}.partial`);
    renameSync(`${file}.partial`, file);
  }
}

function putBlob(layout: string, { mediaType, content }: Blob): Descriptor {
  const digest = digestOf(content);
  if (!blobFile(layout, digest))
    writeWhole(join(layout, 'blobs', 'sha256', digest.slice('sha256:'.length)), content);
  return { mediaType, digest, size: content.length };
}

function nameOf(entry: Descriptor): string {
  return entry.annotations?.[REFERENCE] ?? '';
}

function readIndex(layout: string): readonly Descriptor[] {
  const file = join(layout, 'index.json');
  if (!existsSync(file)) return [];
  return (JSON.parse(readFileSync(file, 'utf8')) as { manifests: readonly Descriptor[] }).manifests;
}

function writeIndex(layout: string, manifests: readonly Descriptor[]): void {
  writeWhole(join(layout, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  writeWhole(join(layout, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests }, undefined, 2));
}

function writeWhole(file: string, content: Buffer | string): void {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(`${file}.partial`, content);
  renameSync(`${file}.partial`, file);
}
