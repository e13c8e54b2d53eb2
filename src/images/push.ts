import { readFile } from 'node:fs/promises';
import { ImageError } from './errors';
import { type Reference, parseReference } from './reference';
import { type RegistryClient, type RegistryOptions, registryClient } from './registry';
import type { Blob, BuiltImage } from './types';

/** Where an image went. */
export interface PushedImage {
  /** `registry/repository:tag@sha256:…`, which names exactly this image for ever. */
  readonly reference: string;
  /** How many blobs the registry did not have. */
  readonly uploaded: number;
}

/**
 * Push an image to a registry, which may be followed by a path: `ghcr.io/somebody`. Blobs that are there already
 * are not sent again.
 */
export async function pushImage(
  image: BuiltImage,
  registry: string,
  options: RegistryOptions = {},
): Promise<PushedImage> {
  const { registry: host, repository, tag } = destination(image.reference, registry);
  const client = registryClient(host, repository, options);
  let uploaded = 0;
  for (const blob of new Map([image.config, ...image.layers].map((blob) => [blob.digest, blob])).values()) {
    if (await pushBlob(client, repository, blob)) uploaded += 1;
  }
  const body = await readFile(image.manifest.file);
  const target = `/v2/${repository}/manifests/${tag}`;
  await expectStatus(
    await client(target, { method: 'PUT', body, type: image.manifest.mediaType }),
    [201],
    target,
  );
  return { reference: `${host}/${repository}:${tag}@${image.digest}`, uploaded };
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

async function pushBlob(client: RegistryClient, repository: string, blob: Blob): Promise<boolean> {
  const present = await client(`/v2/${repository}/blobs/${blob.digest}`, { method: 'HEAD' });
  if (present.status === 200) return false;
  const uploads = `/v2/${repository}/blobs/uploads/`;
  const start = await expectStatus(await client(uploads, { method: 'POST' }), [202], uploads);
  const location = new URL(start.headers.get('location') ?? '', start.url);
  location.searchParams.set('digest', blob.digest);
  const body = await readFile(blob.file);
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
