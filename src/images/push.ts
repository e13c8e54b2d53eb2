import { readFile } from 'node:fs/promises';
import { ImageError } from './errors';
import { type Reference, parseReference } from './reference';
import { type RegistryClient, type RegistryOptions, registryClient } from './registry';
import type { Blob, BuiltImage } from './types';

/** Where something went. */
export interface Pushed {
  /** `registry/repository:tag@sha256:…`, which names exactly this for ever. */
  readonly reference: string;
  /** How many blobs the registry did not have. */
  readonly uploaded: number;
}

/** Content with its digest; it is read only where the registry does not have it. */
export interface Piece {
  readonly mediaType: string;
  readonly digest: string;
  readonly read: () => Promise<Uint8Array<ArrayBuffer>>;
}

/** What a registry keeps under one tag: a manifest, and the blobs that it names. */
export interface Artifact {
  readonly manifest: Piece;
  readonly blobs: readonly Piece[];
}

/**
 * Push an image to a registry, which may be followed by a path: `ghcr.io/somebody`. Blobs that are there already
 * are not sent again.
 */
export function pushImage(
  image: BuiltImage,
  registry: string,
  options: RegistryOptions = {},
): Promise<Pushed> {
  const artifact = { manifest: pieceOf(image.manifest), blobs: [image.config, ...image.layers].map(pieceOf) };
  return pushArtifact(artifact, destination(image.reference, registry), options);
}

/** Push anything that has a manifest: an image, a chart. */
export async function pushArtifact(
  { manifest, blobs }: Artifact,
  { registry, repository, tag }: Reference,
  options: RegistryOptions,
): Promise<Pushed> {
  const client = registryClient(registry, repository, options);
  let uploaded = 0;
  for (const blob of new Map(blobs.map((blob) => [blob.digest, blob])).values()) {
    if (await pushBlob(client, repository, blob)) uploaded += 1;
  }
  const target = `/v2/${repository}/manifests/${tag}`;
  const body = await manifest.read();
  await expectStatus(await client(target, { method: 'PUT', body, type: manifest.mediaType }), [201], target);
  return { reference: `${registry}/${repository}:${tag}@${manifest.digest}`, uploaded };
}

function pieceOf({ mediaType, digest, file }: Blob): Piece {
  return { mediaType, digest, read: () => readFile(file) };
}

/**
 * The name that an image gets on another registry: all but the host stays. Where a path follows the registry, it
 * takes the place of the image's own: `ghcr.io/fluxwright/api` on `ghcr.io/somebody` is `ghcr.io/somebody/api`.
 */
export function destination(reference: string, registry: string): Reference {
  const { repository, tag } = parseReference(reference);
  const place = registry.replace(/^https?:\/\//, '').replace(/\/+$/, '');
  const name = place.includes('/') ? repository.replace(/^.*\//, '') : repository.replace(/^library\//, '');
  return parseReference(`${place}/${name}:${tag}`);
}

async function pushBlob(client: RegistryClient, repository: string, blob: Piece): Promise<boolean> {
  const present = await client(`/v2/${repository}/blobs/${blob.digest}`, { method: 'HEAD' });
  if (present.status === 200) return false;
  const uploads = `/v2/${repository}/blobs/uploads/`;
  const start = await expectStatus(await client(uploads, { method: 'POST' }), [202], uploads);
  const location = new URL(start.headers.get('location') ?? '', start.url);
  location.searchParams.set('digest', blob.digest);
  const body = await blob.read();
  const answer = await client(location.href, { method: 'PUT', body, type: 'application/octet-stream' });
  await expectStatus(answer, [201, 204], location.pathname);
  return true;
}

async function expectStatus(
  response: Response,
  expected: readonly number[],
  target: string,
): Promise<Response> {
  if (expected.includes(response.status)) return response;
  const text = (await response.text()).slice(0, 500);
  throw new ImageError(`the registry refused ${target}: status ${response.status} ${text}`);
}
